"""Judges answers by the OpenAPI document."""

import json

from jsonschema import Draft202012Validator, FormatChecker

METHODS = ("get", "put", "post", "delete")


class Broken(AssertionError):
    pass


class Contract:
    def __init__(self, document):
        self.document = document
        self.seen = {}  # (method, path) -> statuses of answers that were judged
        self.excused = set()  # paths for which some documented answers cannot be produced

    def operations(self):
        return {(m.upper(), path) for path, item in self.document["paths"].items() for m in METHODS if m in item}

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            node = self._target(node["$ref"])
        return node

    def _target(self, reference):
        """References point into the document itself: "#/components/...", a JSON Pointer (RFC 6901)."""
        root, *path = reference.split("/")
        if root != "#":
            raise Broken(f"{reference} does not point into the document")
        node = self.document
        for name in path:
            node = node[name.replace("~1", "/").replace("~0", "~")]
        return node

    def operation(self, method, path):
        return self.document["paths"][path][method.lower()]

    def documented(self, method, path):
        """The statuses that are documented each, as text, so without `default`."""
        return set(self.operation(method, path)["responses"]) - {"default"}

    def errors_of(self, value, schema):
        # As a part of the whole document, where references lead. jsonschema 4.18 deprecated its RefResolver, which could
        # be told so, for `referencing`, which Debian 12 does not have.
        judged = {"components": self.document.get("components", {}), "allOf": [schema]}
        validator = Draft202012Validator(judged, format_checker=FormatChecker())
        return [f"/{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(value)]

    def check_request(self, method, path, media_type, body):
        wanted = self.resolve(self.operation(method, path).get("requestBody", {})).get("content", {})
        if media_type not in wanted:
            raise Broken(f"{method} {path} took a body of {media_type}, which is not documented")
        if media_type == "application/json":
            self._judge(f"the body that {method} {path} took", json.loads(body), wanted[media_type]["schema"])

    def check_answer(self, method, path, answer):
        """Raises Broken unless the document describes this answer, down to its fields and body."""
        responses = self.operation(method, path)["responses"]
        what = f"{method} {path} -> {answer.status}"
        response = self.resolve(responses.get(str(answer.status), responses.get("default")))
        self._check_fields(what, response, answer)
        content = response.get("content")
        if not content:
            if answer.body:
                raise Broken(f"{what}: a body that is not documented: {answer.body[:200]}")
        elif answer.media_type not in content:
            # Browsers get a page, programs nothing.
            if answer.body or not response.get("x-empty-for-programs"):
                raise Broken(f"{what}: {answer.media_type or 'no type'} is not among {list(content)}: {answer.body[:200]}")
        elif answer.media_type.endswith("json"):
            self._judge(what, answer.json(), content[answer.media_type]["schema"])
        self.seen.setdefault((method, path), set()).add(str(answer.status))

    def _check_fields(self, what, response, answer):
        for name, field in response.get("headers", {}).items():
            field = self.resolve(field)
            value = answer.headers.get(name)
            if value is not None:
                self._judge(f"{what}: {name}", value, field["schema"])
            elif field.get("required"):
                raise Broken(f"{what}: no {name}")

    def _judge(self, what, value, schema):
        if errors := self.errors_of(value, schema):
            raise Broken(f"{what}:\n  " + "\n  ".join(errors) + f"\n  {json.dumps(value)[:500]}")
