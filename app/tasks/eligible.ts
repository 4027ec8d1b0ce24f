import type { Site } from '#app/people/user'
import { CLEARED, clearanceFor } from '#app/people/engagements/clearance'
import { ENTRUSTED, entrustedFor } from '#app/people/consents/entrusted'
import type User from '#app/people/user'
import type Stretch from '#app/tasks/stretches/stretch'
import { kindsFor } from '#app/tasks/task_kind'

/** A lease `a` that was begun, or may still be: what only lay ready and went back nobody has worked on. */
const BEGUN = 'not (a.ahead and a.ended_at is not null)'

/**
 * The rules of eligibility for a task `t`, as a condition: nobody does two passes of the same work or decides on their own, and at
 * home nobody sees two groups that together tell who a person is, counting all that came in one envelope. What
 * somebody has given back comes again after a while. Whoever needs a valid agreement and has none gets nothing; of a client, nobody gets anything whom its rules leave out: not named by its consents, or living elsewhere. What concerns a protected person is for named staff.
 * What was promised to somebody with a pack is for them, within it. What is of a paused service is for nobody.
 */
export const ELIGIBLE = `t.state = 'open' and not t.held and t.kind = any(:kinds) and t.available_at <= now()
  and coalesce(cast(t.pack_id as text), '') = :pack
  and ${CLEARED}
  and ${ENTRUSTED}
  and (t.site = 'any' or :site = 'center')
  and :user <> all(t.not_for)
  and (t.skill is null or exists (
    select 1 from qualifications q where q.user_id = :user and q.skill = t.skill and (q.valid_until is null or q.valid_until >= current_date)))
  and (t.kind <> all(:in_passes) or not exists (
    select 1 from tasks other join assignments a on a.task_id = other.id
    where other.subject_id = t.subject_id and other.kind = t.kind
      and other.group_key = t.group_key and other.round = t.round and other.pass <> t.pass and a.user_id = :user and ${BEGUN}))
  and not exists (
    select 1 from unnest(cast(:later as text[]), cast(:earlier as text[])) as rule (later, earlier)
    join tasks done on done.kind = rule.earlier and done.subject_id = t.subject_id
      and done.group_key = t.group_key and done.round = t.round
    join assignments a on a.task_id = done.id
    where rule.later = t.kind and a.user_id = :user and ${BEGUN})
  and (:named or not exists (
    select 1 from submissions guarded where guarded.protected and guarded.id = t.submission_id))
  and (:asked or not exists (
    select 1 from assignments mine
    where mine.task_id = t.id and mine.user_id = :user and mine.ended_reason = 'given_back'
      and mine.ended_at >= t.available_at and mine.ended_at > now() - interval '30 minutes'))
  and (:site = 'center' or t.links = 'free' or not exists (
    select 1 from exposures e
    where e.user_id = :user and e.linkage_id = t.linkage_id and e.links <> 'free'
      and not (e.subject_id = t.subject_id and e.group_key = t.group_key)))`

/**
 * The parts of the queue that somebody may be given work from: their kinds, by site and skill. Each lies in the index
 * `tasks_claim` in the order in which its tasks are given.
 */
export const PARTS = `(select kind, site, skill
  from unnest(cast(:kinds as text[])) as kind
  cross join unnest(cast(:sites as text[])) as site
  cross join (
    select '' as skill union select q.skill from qualifications q
    where q.user_id = :user and (q.valid_until is null or q.valid_until >= current_date)) as skills) as part`

/** Says that a task `t` is of a part. */
export const OF_PART = `t.kind = part.kind and t.site = part.site and coalesce(t.skill, '') = part.skill`

/** The order in which tasks are given. */
export const BY_TURN = 'priority desc, due_on, created_at, id'

/** The task that somebody wants to take on: any, or one of a kind, or a certain one, which may be of a pack. */
export interface Wanted {
  kind?: string
  taskId?: string
  packId?: string
  /** of its group alone */
  stretch?: Stretch
  /** what is offered in packs, and promised to nobody yet */
  toPromise?: true
}

/** Returns what stands for the names in `ELIGIBLE`. */
export function eligibleFor(user: User, site: Site, wanted: Wanted = {}) {
  const isOfPacks = wanted.packId !== undefined || wanted.toPromise === true
  const kinds = kindsFor(user).filter(
    ({ name, inPacks }) => (!wanted.kind || wanted.kind === name) && (!inPacks || isOfPacks)
  )
  return {
    kinds: kinds.map(({ name }) => name),
    later: kinds.flatMap((kind) => (kind.notAfter ? kind.name : [])),
    earlier: kinds.flatMap((kind) => kind.notAfter ?? []),
    in_passes: kinds.filter(({ inPasses }) => inPasses).map(({ name }) => name),
    asked: wanted.taskId !== undefined,
    pack: wanted.packId ?? '',
    sites: site === 'center' ? ['any', 'center'] : ['any'],
    ...clearanceFor(user, site),
    ...entrustedFor(user.id, site),
    named: user.seesProtected === true,
  }
}
