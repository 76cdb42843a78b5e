"""The values that fields of frames may hold, and the two bases frames are made of."""

import re
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic_core import PydanticCustomError

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)


def as_key(value: object) -> UUID:
    """Only the usual spelling with hyphens; UUID() alone would also take braces and urn:uuid:."""
    if isinstance(value, UUID):
        return value
    if isinstance(value, str) and _UUID.fullmatch(value):
        return UUID(value)
    raise PydanticCustomError("bad_key", "not a key")


Key = Annotated[UUID, BeforeValidator(as_key)]
Position = Annotated[int, Field(ge=0, lt=2**63)]
Version = Annotated[int, Field(ge=1, lt=2**31)]
StreamName = Annotated[str, Field(min_length=1, max_length=120)]
Epoch = Annotated[str, Field(min_length=1, max_length=16)]
Id = Annotated[str, Field(min_length=1, max_length=40)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.:-]{0,59}$")]
# Regions go by ISO 3166-2, which is written in capitals.
TermCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,59}$")]
Milliseconds = Annotated[int, Field(ge=0)]
Byline = Literal["organisation", "named", "shielded"]
Marking = Literal["public", "members", "room", "office"]
Language = Literal["kk", "ru", "en"]


class Strict(BaseModel):
    """Nothing is converted and nothing extra is let through: ``true`` is not 1."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Sparse(Strict):
    """Left out on the wire: optional fields that are None. Required ones are sent as null."""

    @model_serializer(mode="wrap")
    def without_absent(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        dumped: dict[str, Any] = serialise(self)
        return {
            name: value for name, value in dumped.items() if value is not None or fields[name].is_required()
        }
