"""Files are stopped at the door: what is larger than a résumé may be is never kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

TOO_LARGE = "jobs.upload_too_large"
# The rest of a too large file is read and dropped, so that the browser gets its answer, with
# all that was typed. Beyond this a body is not read at all and the connection is cut.
READ_AT_MOST = 512 * 1024 * 1024


class SizeLimit(FileUploadHandler):
    """Drops what goes beyond RESUME_MAX_BYTES, counted over all files of a request."""

    received = 0
    announced = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 (Django's name)
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self.announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.announced > READ_AT_MOST:
            self._note()
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.RESUME_MAX_BYTES:
            self._note()
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _note(self) -> None:
        if self.request is not None:
            self.request.META[TOO_LARGE] = True


def too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped for its size."""
    return TOO_LARGE in request.META
