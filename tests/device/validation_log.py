"""What Vulkan's validation layer says."""
import re


def validation_messages(text: str) -> list[str]:
    """Its messages in a program's output."""
    return [line for line in text.splitlines()
            if re.search(r"Validation (Error|Warning|Performance|Information)|\bmsgNum: ", line)]
