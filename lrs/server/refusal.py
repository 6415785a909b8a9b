"""What a request is answered with that never became one."""

from http import HTTPStatus

from gunicorn.http import errors  # type: ignore[import-untyped]  # gunicorn has no types

from lrs.headers import BARE
from lrs.logs import REQUEST_ID_HEADER

_STATUS = (
    (errors.LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (errors.LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (errors.ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (errors.ParseException, HTTPStatus.BAD_REQUEST),
)

_UNREADABLE = "Không đọc được nội dung vừa gửi.\nWhat was sent cannot be read.\n"
_BUG = "Đây là lỗi của hệ thống, không phải của bạn.\nThis is our mistake, not yours.\n"


def status_of(error: BaseException) -> HTTPStatus:
    """Tell what a request is answered with that could not be read; what is no fault of the request is ours."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def refusal(status: HTTPStatus, request_id: str) -> bytes:
    """Write the whole answer: nobody knows yet which language the sender reads."""
    body = (_BUG if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _UNREADABLE).encode()
    fields = [*BARE, ("Content-Length", str(len(body))), (REQUEST_ID_HEADER, request_id), ("Connection", "close")]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("ascii") + body
