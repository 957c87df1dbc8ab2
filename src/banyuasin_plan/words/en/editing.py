"""English words about changes to a plan's files: what can't be written, and why."""

TEMPLATES = {
    "edit.nowhere": "there is no such place in the plan",
    "edit.broken": "{file} can't be read as a whole; mend it first: plan validate",
    "edit.no_list": "what stands here is no list that could be added to",
    "edit.no_keys": "what stands here has no keys that could be set one by one",
    "edit.unproved": "this can't be written here without touching something else; change the file by hand",
}
