"""Certificates for those who met a rule before it gave any: some at a time, version by version (docs/certificates-sending.md)."""

from dataclasses import replace

from lrs.certificates.takings import Place, Wanted
from lrs.outcomes import giving
from lrs.services import Services
from storage import certificate_lists
from storage.certificate_jobs import JobRow
from storage.database import Tx

PEOPLE = 200
"""In one transaction: nobody who issues for the same unit waits for long."""


def step(tx: Tx, parts: Services, job: JobRow) -> JobRow:
    """Give certificates to some, in the transaction that says how far the job has come."""
    wanted, place = Wanted.loads(job.wanted), Place.loads(job.after)
    if wanted.rule is None or place.group >= len(wanted.versions):
        return replace(job, after=None)
    version = wanted.versions[place.group]
    some = certificate_lists.without(tx, wanted.rule, version, place.account, PEOPLE)
    given = giving.give_by_rules(tx, parts.identity_keys, [(wanted.rule, each) for each in some])
    onward = replace(place, account=some[-1]) if some else Place(place.group + 1)
    seen = min(job.seen + len(some), job.total)
    return replace(job, after=onward.dumps(), seen=seen, made=job.made + len(given))
