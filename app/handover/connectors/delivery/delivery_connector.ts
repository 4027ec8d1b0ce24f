import vine from '@vinejs/vine'
import { acceptanceOf } from '#app/catalog/acceptance_rules'
import type { PersonFields, ServiceFiles } from '#app/catalog/description'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import { KitRefused } from '#app/catalog/kit_refused'
import { eraDate, weekdayKanji } from '#app/core/japanese_calendar'
import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import { faultsOf } from '#app/handover/acceptance/acceptance_check'
import { deadlineOf, lastPostBefore } from '#app/handover/acceptance/deadline'
import { openCheck } from '#app/handover/acceptance/open_check'
import {
  InsideConnector,
  UNCLEAR,
  type ConnectorWords,
  type HandoverContext,
  type HandoverReason,
  type HandoverResult,
} from '#app/handover/connector'
import { isComplete } from '#app/handover/is_complete'
import type { AskedFor } from '#app/submissions/asked_for'

const key = () => vine.string().regex(/^[a-z][a-z0-9_]*$/)
const text = () => vine.object({ ja: vine.string(), en: vine.string() })
const options = () => vine.array(vine.object({ value: key(), label: text() })).minLength(1)

/**
 * The client fetches the values as a file: nothing is booked. A submission whose required fields can't be read is not
 * delivered: the resident is asked by letter. Where the service wants it, somebody with the paper in hand accepts it.
 */
export class DeliveryConnector extends InsideConnector {
  override readonly name = 'delivery'
  override readonly answer = 'received'
  override readonly reasons: Record<string, HandoverReason> = {
    ...UNCLEAR,
    check: { reply: null, label: 'events.handover.checking' },
    incomplete: { reply: 'incomplete', label: 'events.check.incomplete' },
    late: { reply: 'late', label: 'events.handover.late' },
  }

  override schema() {
    return {
      acceptance: vine
        .object({
          ledger: vine
            .object({
              number: vine.string(),
              columns: vine
                .array(vine.object({ field: vine.string(), heading: vine.string() }))
                .minLength(1),
            })
            .optional(),
          needs: vine
            .array(vine.object({ field: key(), options: vine.array(vine.string()).minLength(1) }))
            .optional(),
          papers: vine.array(vine.object({ key: key(), label: text(), options: options() })),
          faults: vine.array(vine.object({ key: key(), label: text(), letter: vine.string() })),
          deadline: vine
            .object({
              after: vine.string(),
              month: vine.number().min(1).max(12),
              day: vine.number().min(1).max(28),
            })
            .optional(),
        })
        .optional(),
    }
  }

  override fields(handover: ServiceHandover): string[] {
    const { needs = [], ledger, deadline } = acceptanceOf(handover) ?? {}
    return [
      ...needs.map((need) => need.field),
      ...(ledger ? [ledger.number, ...ledger.columns.map((column) => column.field)] : []),
      ...(deadline ? [deadline.after] : []),
    ]
  }

  /** Whoever isn't accepted is told by letter. */
  override facts(handover: ServiceHandover): (keyof PersonFields)[] {
    return acceptanceOf(handover) ? ['address'] : []
  }

  /** Whoever isn't accepted is told so, and the number by which rows are known is one of the ledger's columns. */
  override check({ handover, replies }: ServiceFiles): void {
    const rules = acceptanceOf(handover)
    if (!rules) return
    const letter = ['incomplete', 'late'].find((kind) => !replies.letters[kind])
    if (letter) throw new KitRefused('no_letter', letter, 'who isn’t accepted must be told')
    const { ledger } = rules
    if (ledger && !ledger.columns.some((column) => column.field === ledger.number))
      throw new KitRefused('not_described', ledger.number, 'the ledger has no column for this')
  }

  override async deliver(_t: Transition, context: HandoverContext): Promise<HandoverResult> {
    const { version, value, handover, submission } = context
    if (!isComplete(context)) return { state: 'refused', reason: 'unclear' }
    const rules = acceptanceOf(version.description.handover)
    if (!rules) return { state: 'done', reference: handover.id }
    const deadline = rules.deadline && deadlineOf(rules.deadline, value)
    if (deadline && submission.arrivedOn > deadline) return { state: 'refused', reason: 'late' }
    return { state: 'ask', reason: 'check' }
  }

  override async ask(t: Transition, context: HandoverContext): Promise<boolean> {
    await openCheck(t, context, acceptanceOf(context.version.description.handover)!)
    return true
  }

  /** Returns what is lacking, and by when the answer must have arrived. */
  override async letterWords(
    { submission, version, value }: AskedFor,
    client: Queries
  ): Promise<ConnectorWords> {
    const rules = acceptanceOf(version.description.handover)
    if (!rules) return {}
    const lacking = await faultsOf(submission.id, client)
    const deadline = rules.deadline && deadlineOf(rules.deadline, value)
    const spoken = (day: string) => `${eraDate(day)}(${weekdayKanji(day)})`
    return {
      faults: rules.faults
        .filter((fault) => lacking.includes(fault.key))
        .map((fault) => fault.letter)
        .join(''),
      deadline: deadline ? spoken(deadline) : '',
      post: deadline ? spoken(lastPostBefore(deadline)) : '',
    }
  }
}
