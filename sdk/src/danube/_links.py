"""Where symbolic links of an archive may lead."""


def leads_within(target, depth):
    """Whether a link that lies `depth` folders deep in an archive stays within it.

    `..` may stand at the beginning only: after a name it would mean another folder where that name is a link itself.
    """
    parts = target.split("/")
    if parts[0] == "" or "\0" in target:
        return False
    climbs = 0
    while parts and parts[0] in (".", ".."):
        climbs += parts.pop(0) == ".."
    return climbs <= depth and ".." not in parts
