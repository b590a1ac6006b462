"""Logs that never hold what a person said."""

import logging


class NoPersonalWords(logging.Filter):
    """Drop the request and the values of a failing frame from a log record; keep where it failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.__dict__.pop("request", None)
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            where = _last_place(error)
            record.msg = f"{type(error).__name__} at {where}"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True


def _last_place(error: BaseException) -> str:
    trace = error.__traceback__
    if trace is None:
        return "an unknown place"
    while trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return f"{code.co_filename}:{trace.tb_lineno} in {code.co_name}"
