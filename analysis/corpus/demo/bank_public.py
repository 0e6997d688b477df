BANKS: dict[str, str] = {}
