"""The description of the API (OpenAPI 3.1), made from the calls themselves, so that it cannot say anything else."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from .calling import Call
from .problem import MEDIA
from .schemas import named
from .shapes import Shape, ref

WRONG = {
    401: "The token of the launch file is missing or not this run's.",
    404: "There is no such thing.",
    409: "It does not go together with how things stand.",
    411: "What is sent has to say how long it is.",
    413: "What is sent is too long.",
    421: "The request is not for this machine.",
    422: "What was given cannot be understood, or cannot be kept.",
    423: "The journal is locked.",
}
_WRITES = (411, 413)


def description(calls: Iterable[Call]) -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Poise",
            "version": version("poise"),
            "summary": "Weigh a moment by one's own guidelines, keep it, and look back on it.",
            "description": "For programs of the same person on the same machine; nothing here leaves it.",
        },
        "paths": paths,
        "components": {
            "schemas": named(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token in `api.json`, beside the practice, while the app runs.",
                }
            },
        },
        "security": [{"token": []}],
    }


def _operation(call: Call) -> dict[str, Any]:
    inside = [_parameter(name, "path", shape) for name, shape in call.parts.items()]
    behind = [_parameter(name, "query", shape) for name, shape in call.query.items()]
    body = {"requestBody": {"required": True, "content": _json(call.takes)}} if call.takes else {}
    return {
        "operationId": call.name,
        "summary": call.says,
        **({"parameters": inside + behind} if inside or behind else {}),
        **body,
        "responses": {str(status): answer for status, answer in _answers(call).items()},
    }


def _parameter(name: str, where: str, shape: Shape) -> dict[str, Any]:
    rest = {key: value for key, value in shape.items() if key != "description"}
    return {"name": name, "in": where, "required": where == "path", "schema": rest, **_says(shape)}


def _says(shape: Shape) -> dict[str, str]:
    return {"description": shape["description"]} if "description" in shape else {}


def _answers(call: Call) -> dict[int, dict[str, Any]]:
    good = {
        status: {"description": HTTPStatus(status).phrase, "content": _json(shape)}
        for status, shape in call.gives.items()
    }
    wrong = {
        status: {"description": words, "content": {MEDIA: {"schema": ref("Problem")}}}
        for status, words in WRONG.items()
        if status not in _WRITES or call.method != "GET"
    }
    return good | wrong


def _json(shape: Shape) -> dict[str, Any]:
    return {"application/json": {"schema": shape}}
