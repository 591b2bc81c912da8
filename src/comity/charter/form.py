"""What every part of a charter file is read with: the base of the forms, and how keys tell their
meaning in English and in Chinese.
"""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

CHINESE: Final = "x-zh-Hans"


def key(en: str, zh: str, *examples: Any, **more: Any) -> Any:
    shown = [*examples] or None
    return Field(description=en, examples=shown, json_schema_extra={CHINESE: zh}, **more)


def in_chinese(meaning: str) -> ConfigDict:
    """The docstring of a form, in Chinese."""
    return ConfigDict(json_schema_extra={CHINESE: meaning})


class Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_absent(cls, written: Any) -> Any:
        """A key that need not be there may as well be left empty."""
        if not isinstance(written, dict):
            return written
        optional = {
            field.alias or name
            for name, field in cls.model_fields.items()
            if not field.is_required()
        }
        return {
            key: value for key, value in written.items() if value is not None or key not in optional
        }
