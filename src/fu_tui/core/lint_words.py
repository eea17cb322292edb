"""The words the wording rules know. One rule: a word that is missing costs at most a hint, never a refusal too many."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


VERBS = _set(
    """
    accept activate adapt add adjust agree align analyse analyze announce apologise apologize appoint approve arrange
    ask assemble assess assign attach attend begin bill bring build buy calculate calibrate cancel catch celebrate
    chase check choose circle clarify clean clear collect come compare compile complete confirm congratulate connect
    consult continue convince coordinate correct create decide decline define delegate deliver demonstrate deploy
    describe determine develop disclose discuss distribute divide drop edit email enable encourage engage enquire
    enter escalate evaluate examine exclude execute expedite explain explore export extend file fill finalise finalize
    find finish fix follow formulate forward gather get give go greet guide hand handle have help hire hold identify
    implement import include inform inquire insert inspect install integrate interview introduce investigate invite
    join keep kick know learn leave let liaise listen locate look mail maintain make meet mention merge modify
    negotiate notify nudge observe obtain onboard open organise organize outline pay persuade phone pick ping place
    postpone prepare present prioritise prioritize procure propose provide publish pull push put qualify quantify
    raise reach reactivate read reassure receive recommend reconcile refer refine refund register reject remind remove
    renegotiate renew reopen replace reply reserve resolve respond restart restore retrieve revise revisit run say
    scan search secure select sell send separate settle share show sign simplify solve speak specify start stop
    submit suggest summarise summarize supply talk teach tell thank think touch train transfer translate trim try
    understand unblock update upgrade upload validate verify wait warn welcome win withdraw work write wrap
    """
)
"""Words that begin an action, also after "and"."""

NOUNISH = _set(
    """
    address advance answer appeal audit back bid book brief budget call cap change charge chat claim close comment
    contact contract copy cost count cover cut date deal debrief delay demo design detail discount display do
    document draft estimate fax feature follow-up gift grant interest invoice issue lead license link list log mark
    market match measure message move name note offer onboarding order outline pack park pass permit pilot pitch
    plan poll post press price print process project promise prospect question quiz quote rate reason rebook recap
    receipt record release rent repeat report request research return review reward sample schedule score screen
    service set ship signal sketch source stage state stock store study summon support survey switch table tag target
    task test text time touch trace track trade treat trial turn use value view visit voice vote watch
    """
)
"""Words that may begin an action but are things as often: after "and" they count only with "the", a name …"""

PREFIXES = ("re-", "re", "un", "pre-", "double-", "follow-", "cross-", "co-")
"""What may stand before a known verb: resend, re-send, double-check."""
VERB_ENDINGS = ("ise", "ize", "ify")

_VAGUE = (
    "follow up;follow-up;followup;following up;follow ups;check in;check-in;checking in;touch base;touching base;"
    "circle back;circling back;ping;pinging;reach out;reaching out;catch up;catch-up;catching up"
)
VAGUE = {tuple(phrase.split()) for phrase in _VAGUE.split(";")}
"""Phrases that say no action by themselves (R5, R152)."""

POLITE = _set(
    "just please quickly quick kindly also finally first now maybe simply to need must should will i we i'll i’ll"
)
"""Words before the verb that say nothing."""
ARTICLES = _set("the a our their this that these those its my your his her some any all both each")
PRONOUNS = _set("him her them it me us you everyone everybody back")

PURPOSE = _set(
    "about re regarding concerning on over for to because whether if why how what when where after since with"
)
"""After these the reason stands: "with Dana about the quote"."""
TARGETS = _set("with to on in out at into back")
"""Words between "follow up" and whom it is about."""
FILLERS = _set(
    "again call email e-mail mail message note text task meeting soon later asap once more quickly please now"
)
CHANNELS = _set(
    "phone slack email e-mail mail teams zoom linkedin whatsapp text sms signal chat call person monday tuesday "
    "wednesday thursday friday today tomorrow"
)
PEOPLE = _set(
    "lead leads client clients customer customers prospect prospects contact contacts account accounts team teams "
    "company companies buyer buyers manager managers owner owners partner partners vendor vendors supplier suppliers "
    "person people guy guys boss assistant office department dept him her them me us everyone everybody all one folks "
    "rep reps colleague colleagues decision-maker champion stakeholder stakeholders"
)
"""Whoever it is, it is not what for (R4)."""
TOPICS = _set(
    "quote quotation proposal offer invoice contract pricing price order payment renewal approval document doc "
    "signature po budget term deal question feedback trial sample report nda agreement request ticket issue bug "
    "delivery shipment onboarding integration license licence seat recap summary demo meeting call figure number date "
    "timeline decision pilot project plan discount delay bill refund complaint error onboarding install installation"
)
"""What a follow-up is about, without a plural s."""

QUESTION_WORDS = _set("who whom whose what when where why which how")
ASKING_VERBS = _set(
    "is are was were does did has can could would may might shall isn't didn't doesn't aren't"
)
_LITTLE_WORDS = _set(
    "in on at by for from with of to into about after before and or but if as per via i you he she it we they no not "
    "new old next last first second urgent important there here"
)
NOT_VERBS = ARTICLES | QUESTION_WORDS | _LITTLE_WORDS
"""A first word that is surely none, whatever follows."""
