"""What each term means: the classes and properties that a credential of ours may have, as the published contexts define them.

From the contexts that CREDENTIALS and BADGES name. What is not in this table is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

_W3C = "https://www.w3.org/2018/credentials#"
_SECURITY = "https://w3id.org/security#"
_STATUS = "https://www.w3.org/ns/credentials/status#"
_SCHEMA = "https://schema.org/"
_OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"
BOOLEAN = "https://www.w3.org/2001/XMLSchema#boolean"
_URI = "https://www.w3.org/2001/XMLSchema#anyURI"
_OB_DATE_TIME = "xsd:dateTime"
"""As Open Badges 3.0.3 has it: it names a prefix that it does not define."""

IRI, WORDS, FLAG, NODE, NODES, CHOICE = "iri", "words", "flag", "node", "nodes", "choice"


@dataclass(frozen=True, slots=True)
class Property:
    """What a term stands for, and what may stand behind it."""

    iri: str
    kind: str = WORDS
    datatype: str = ""
    """Of words that are not just words."""
    classes: tuple[str, ...] = ()
    """What a node may be; none for one that has no type."""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Class:
    """A type of node, and the terms that it brings."""

    iri: str
    terms: Mapping[str, Property]


Vocabulary = Mapping[str, Class]

_NAMED = {"name": Property(f"{_SCHEMA}name"), "description": Property(f"{_SCHEMA}description")}
_URL = {"url": Property(f"{_SCHEMA}url", datatype=_URI)}

PROOF = "DataIntegrityProof"
UNTYPED = ""
"""The class of nodes that have no type."""

VOCABULARY: Vocabulary = {
    "VerifiableCredential": Class(
        f"{_W3C}VerifiableCredential",
        _NAMED
        | {
            "issuer": Property(f"{_W3C}issuer", NODE, classes=("Profile",)),
            "validFrom": Property(f"{_W3C}validFrom", datatype=DATE_TIME),
            "validUntil": Property(f"{_W3C}validUntil", datatype=DATE_TIME),
            "credentialSubject": Property(
                f"{_W3C}credentialSubject", NODE, classes=("AchievementSubject", "BitstringStatusList")
            ),
            "credentialStatus": Property(f"{_W3C}credentialStatus", NODE, classes=("BitstringStatusListEntry",)),
        },
    ),
    "AchievementCredential": Class(
        f"{_OB}OpenBadgeCredential", {"awardedDate": Property(f"{_OB}awardedDate", datatype=_OB_DATE_TIME)}
    ),
    "Profile": Class(f"{_OB}Profile", _NAMED | _URL),
    "AchievementSubject": Class(
        f"{_OB}AchievementSubject",
        {
            "achievement": Property(f"{_OB}achievement", NODE, classes=("Achievement",)),
            "identifier": Property(f"{_OB}identifier", NODES, classes=("IdentityObject",)),
            "licenseNumber": Property(f"{_OB}licenseNumber"),
        },
    ),
    "IdentityObject": Class(
        f"{_OB}IdentityObject",
        {
            "hashed": Property(f"{_OB}hashed", FLAG, datatype=BOOLEAN),
            "identityHash": Property(f"{_OB}identityHash"),
            "identityType": Property(f"{_OB}identityType"),
            "salt": Property(f"{_OB}salt"),
        },
    ),
    "Achievement": Class(
        f"{_OB}Achievement",
        _NAMED
        | {
            "achievementType": Property(f"{_OB}achievementType"),
            "criteria": Property(f"{_OB}Criteria", NODE, classes=(UNTYPED,)),
            "image": Property(f"{_OB}image", NODE, classes=("Image",)),
            "inLanguage": Property(f"{_SCHEMA}inLanguage"),
            "version": Property(f"{_OB}version"),
        },
    ),
    "Image": Class(f"{_OB}Image", {"caption": Property(f"{_SCHEMA}caption")}),
    UNTYPED: Class("", {"narrative": Property(f"{_OB}narrative")}),
    "BitstringStatusListEntry": Class(
        f"{_STATUS}BitstringStatusListEntry",
        {
            "statusPurpose": Property(f"{_STATUS}statusPurpose"),
            "statusListIndex": Property(f"{_STATUS}statusListIndex"),
            "statusListCredential": Property(f"{_STATUS}statusListCredential", IRI),
        },
    ),
    "BitstringStatusListCredential": Class(f"{_STATUS}BitstringStatusListCredential", {}),
    "BitstringStatusList": Class(
        f"{_STATUS}BitstringStatusList",
        {
            "statusPurpose": Property(f"{_STATUS}statusPurpose"),
            "encodedList": Property(f"{_STATUS}encodedList", datatype=f"{_SECURITY}multibase"),
        },
    ),
    PROOF: Class(
        f"{_SECURITY}DataIntegrityProof",
        {
            "created": Property("http://purl.org/dc/terms/created", datatype=DATE_TIME),
            "cryptosuite": Property(f"{_SECURITY}cryptosuite", datatype=f"{_SECURITY}cryptosuiteString"),
            "verificationMethod": Property(f"{_SECURITY}verificationMethod", IRI),
            "proofPurpose": Property(
                f"{_SECURITY}proofPurpose", CHOICE, choices=(f"assertionMethod {_SECURITY}assertionMethod",)
            ),
        },
    ),
}
