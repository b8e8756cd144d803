"""A file too large is counted to its end and not stored, so that the form can say so at its field."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import FileUploadHandler


class TooLarge(ContentFile):
    """Stands for a file beyond UPLOAD_MAX_BYTES: its name and true size, nothing of what it held."""

    def __init__(self, name, size):
        super().__init__(b"", name=name)
        self.size = size
        self.content_type = "application/octet-stream"


class LimitHandler(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS: lets UPLOAD_MAX_BYTES of each file through to the others, and drops the rest."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.passed = 0

    def receive_data_chunk(self, raw_data, start):
        self.passed += len(raw_data)
        return None if self.passed > settings.UPLOAD_MAX_BYTES else raw_data

    def file_complete(self, file_size):
        if file_size > settings.UPLOAD_MAX_BYTES:
            return TooLarge(self.file_name, file_size)
        return None
