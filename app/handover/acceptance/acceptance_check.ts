import { closedTo } from '#app/people/glass/closed'
import { AcceptanceCheckSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'
import type { LedgerValues } from '#app/registry/ledger/ledger_row'
import type { Queries } from '#app/core/queries'
import type { Sealer } from '#app/core/sealing'

/** superseded: its values were corrected, and another check stands for them */
type CheckState = 'open' | 'accepted' | 'incomplete' | 'superseded'

const RULES: StateRules<CheckState> = {
  table: 'acceptance_checks',
  subject: 'acceptance_check',
  from: {
    open: [],
    accepted: ['open', 'incomplete'],
    incomplete: ['open', 'incomplete'],
    superseded: ['open', 'incomplete'],
  },
}

/** Somebody looks at a submission, with the paper in hand, before it is accepted. */
export default class AcceptanceCheck extends AcceptanceCheckSchema {
  static protectedWhen = `exists (select 1 from submissions guarded where guarded.id = acceptance_checks.submission_id and ${closedTo('guarded')})`

  declare state: CheckState
  /** fields that paper and ledger say otherwise */
  declare differing: string[]
  /** of which kind each enclosed paper is */
  declare papers: Record<string, string>
  /** what is lacking */
  declare faults: string[]

  /** Somebody has said what is there and what is lacking. */
  async decide(
    t: Transition,
    to: 'accepted' | 'incomplete',
    said: Pick<AcceptanceCheck, 'papers' | 'faults'> & { by: string; on: string }
  ): Promise<void> {
    await changeState(t, RULES, [this.id], to, { actorId: said.by })
    await this.useTransaction(t.trx).refresh()
    Object.assign(this, {
      papers: said.papers,
      // What was lacking stays in the books when it has come.
      faults: to === 'accepted' ? this.faults : said.faults,
      decidedBy: said.by,
      decisions: this.decisions + 1,
      ...(to === 'accepted' ? { acceptedOn: said.on } : { incompleteOn: said.on }),
    })
    await this.save()
  }

  /** Other values stand: another check is for them. */
  static async supersede(t: Transition, submissionId: string): Promise<void> {
    const own: { id: string }[] = await t.trx
      .from('acceptance_checks')
      .where('submission_id', submissionId)
      .select('id')
    await changeState(
      t,
      RULES,
      own.map((one) => one.id),
      'superseded'
    )
  }

  /** Opens what the ledger says of the fields that differ. @throws {SealBroken} */
  expected(sealer: Sealer): LedgerValues {
    return this.ledgerValues
      ? sealer.openJson<LedgerValues>(expectedSealContext(this.id), this.ledgerValues)
      : {}
  }
}

/** Names the place that the ledger's values are bound to. */
export const expectedSealContext = (id: string) => `acceptance_checks.ledger_values:${id}`

/** Finds what the newest check of a submission says to be lacking. */
export async function faultsOf(submissionId: string, client: Queries): Promise<string[]> {
  const row: { faults: string[] } | null = await client
    .from('acceptance_checks')
    .where('submission_id', submissionId)
    .orderBy('created_at', 'desc')
    .select('faults')
    .first()
  return row?.faults ?? []
}

/** Tells apart the answers to one submission: each decision is answered. */
export async function occasionOf(handoverId: string, client: Queries): Promise<string> {
  const row: { decisions: number } | null = await client
    .from('acceptance_checks')
    .where('handover_id', handoverId)
    .select('decisions')
    .first()
  return row && row.decisions > 0 ? `check:${row.decisions}` : ''
}
