"""The forms of issues. They carry what was typed; whether it may be done is said by the acts."""
