"""What follows from statements (docs/rules.md).

What pages and other rooms ask, each in a transaction:

    versions.add(tx, body, rule_id | Naming(name, activity), by)   -> VersionRow; WrongRule lists what is wrong
    versions.current(tx, rule_id), versions.problems(tx, body), versions.names(tx, rules, language)
    trying.dry_run(tx, Ground(keys, home_page), rule_id, body)     -> Tried(gain, lose, met, learners)
    standing.of(tx, account_id, rule_id, language)                 -> Standing: sentence, parts, way, award
    reviews.open(tx), reviews.decide(tx, review_id, KEPT | TAKEN, by)
    actors.unmatched(tx, keys), actors.confirm(tx, keys, stranger_id, account_id, by), actors.pass_over, of_person, forget
    storage.rules.listed, storage.rules.history, storage.awards.holders, storage.states.counts, storage.states.progress
"""
