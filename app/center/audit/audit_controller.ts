import type { HttpContext } from '@adonisjs/core/http'
import { kindsOfEvents, readFilter, type TypedFilter } from '#app/center/audit/audit_filter'
import { listEvents, type AuditedEvent } from '#app/center/audit/list_events'
import { signedExport } from '#app/center/audit/signed_export'
import { transition } from '#app/core/transition'

const SHOWN = 50
const EXPORTED = 50_000

/** The history of events: who did or saw what, and when. */
export default class AuditController {
  async index(ctx: HttpContext) {
    const { auth, request, response, view } = ctx
    const user = auth.getUserOrFail()
    const { typed, filter, problem } = await readFilter(user, request.qs())
    if (problem) response.status(422)
    const page = { before: typed.before, limit: SHOWN + 1 }
    const events = problem ? [] : await listEvents(user, filter, page)
    const shown = events.slice(0, SHOWN)
    return view.render('center/audit', {
      typed,
      problem,
      events: shown,
      wordsOf: wordsIn(ctx),
      kinds: await kindsOfEvents(),
      query: queryOf(typed),
      older: events.length > SHOWN ? shown[SHOWN - 1].sequence : null,
    })
  }

  /** Gives away as CSV, signed, what fits. That it was taken away stands in the history too. */
  async export(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const user = auth.getUserOrFail()
    const { typed, filter, problem } = await readFilter(user, request.qs())
    if (problem) return response.redirect(`/audit?${queryOf(typed)}`)
    const events = await listEvents(user, filter, { before: null, limit: EXPORTED })
    await transition(async (t) =>
      t.recordOnly({
        verb: 'audit.exported',
        subject: { type: 'audit', id: user.organizationId },
        clientId: user.worksForCenter ? null : user.organizationId,
        actorId: user.id,
        detail: { events: events.length },
      })
    )
    response.header('Content-Disposition', 'attachment; filename="audit.zip"')
    return response.type('application/zip').send(await signedExport(events, wordsIn(ctx)))
  }
}

/** Says events in the reader's language: the record and what was done. */
function wordsIn({ i18n }: HttpContext): (event: AuditedEvent) => string {
  return ({ verb }) => {
    const [noun, action] = verb.split('.')
    // An extension's own verbs are said as they are.
    return `${i18n.t(`audit.of_${noun}`, {}, noun)} ${i18n.t(`audit.did_${action}`, {}, action)}`
  }
}

function queryOf(typed: TypedFilter): string {
  const set = Object.entries(typed).flatMap(([key, value]) =>
    value && key !== 'before' ? [[key, String(value)]] : []
  )
  return new URLSearchParams(set).toString()
}
