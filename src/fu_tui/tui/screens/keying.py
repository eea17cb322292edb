"""Keys, changed by pressing them. One rule: the settings file is written first; what it then says is what counts."""

from __future__ import annotations

from fu_tui.core.errors import FuError
from fu_tui.settings import paths
from fu_tui.settings.actions import BY_ID
from fu_tui.settings.config import KEYS, load, with_keys_of
from fu_tui.settings.rebinding import Proposal, Rebinding
from fu_tui.settings.written import refuse_broken, set_values
from fu_tui.tui.screens.asking import Conversation


class Keying(Conversation):
    """`K`."""

    async def keys(self) -> None:
        """Pick an action, press its new key; it works at once."""
        from fu_tui.tui.modals.keys import KeyModal, KeysModal

        file, action_id = paths.config_file(), ""
        try:
            refuse_broken(file)
        except FuError as error:
            self._screen.warn(str(error))
            return
        settings, _ = load(file)
        rebinding = Rebinding(settings.overrides, settings.profile)
        proposal = None
        while proposal is None:
            picked = await self.ask(KeysModal(rebinding, action_id))
            if picked is None:
                return
            action_id = picked
            proposal = await self.ask(KeyModal(rebinding, action_id))
        try:
            set_values(file, KEYS, proposal.changes)
        except FuError as error:
            self._screen.warn(str(error))
            return
        self._app.settings = with_keys_of(self._app.settings, file)
        self._screen.rebind(self._app.settings.bindings)
        self._screen.say(said(action_id, proposal))


def said(action_id: str, proposal: Proposal) -> str:
    """What changed, in words: of the action itself, and of those that lost a key."""
    from fu_tui.tui.modals.keys import shown

    keys = dict(proposal.keymap.bindings)
    return " ".join(
        f"“{BY_ID[each].label}” has {shown(keys[each])} now." for each in (action_id, *proposal.from_others)
    )
