"""Timestamps from a timestamp authority over HTTP (RFC 3161)."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from pipeline.errors import UsageError
from pipeline.model.message import say

_PATIENCE = 20.0
"""Seconds."""
_LARGEST = 1024 * 1024


def timestamper_at(url: str) -> Any:
    """A timestamp client of pyHanko for the authority at ``url``.

    Raises UsageError for what is no web address; when it is used, for an authority that cannot be reached or answers
    something else.
    """
    from pyhanko.sign.timestamps import TimeStamper

    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(say("--tsa {url} bukan alamat web. Tulis misalnya http://tsa.contoh.go.id/.", url=url))

    class Client(TimeStamper):
        """Asks the authority at ``url``."""

        async def async_request_tsa_response(self, req: Any) -> Any:
            """The authority's answer. Raises UsageError."""
            return await asyncio.to_thread(_ask, url, req)

    made: Any = Client
    return made()


def _ask(url: str, question: Any) -> Any:
    from asn1crypto import tsp

    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    request = urllib.request.Request(url, question.dump(), headers)
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            data = answer.read(_LARGEST)
    except urllib.error.HTTPError as error:
        raise UsageError(
            say(
                "Layanan stempel waktu {url} menolak (HTTP {code}). Periksa alamat --tsa, atau coba lagi nanti.",
                url=url,
                code=error.code,
            )
        ) from error
    except (OSError, ValueError) as error:
        raise UsageError(
            say(
                "Layanan stempel waktu {url} tidak dapat dihubungi. Periksa alamat --tsa dan jaringan, lalu coba lagi; "
                "tidak ada berkas yang ditulis.",
                url=url,
            )
        ) from error
    try:
        answer = tsp.TimeStampResp.load(data, strict=True)
        fits = _answers(answer, question)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise bad_answer(url) from error
    if not fits:
        raise bad_answer(url)
    return answer


def _answers(answer: Any, question: Any) -> bool:
    """Is it a timestamp, and one for this very question?"""
    if not str(answer["status"]["status"].native).startswith("granted"):
        return False
    told = answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    same = told["message_imprint"].native == question["message_imprint"].native
    return bool(same and told["nonce"].native == question["nonce"].native)


def bad_answer(url: str) -> UsageError:
    """The error for an authority whose answer is no valid timestamp."""
    return UsageError(
        say(
            "Jawaban layanan stempel waktu {url} bukan stempel waktu yang sah. Periksa alamat --tsa, atau pakai "
            "layanan lain.",
            url=url,
        )
    )
