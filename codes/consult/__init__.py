"""A case by mail and its answer: what comes in is a row before it is acknowledged.

`mail` reads a message, `origin` judges who sent it, `intake` makes the row, `listener` speaks SMTP;
`work` turns waiting rows into consults, `moves` changes their status, `letters` answers.
"""
