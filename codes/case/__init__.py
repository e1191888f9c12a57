"""From a case's text to ranked codes, each with its evidence. Nothing is chosen for the coder.

`words` and `phrases` make terms of text, `sections` and `statements` say where a sentence stands
and whether it tells of something done, `facts` fills slots, `index` holds the reference's own
words, `rank` scores, `signs` and `rules` decide between neighbors, `answer` puts it together.
"""
