import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import db from '@adonisjs/lucid/services/db'
import type { Text } from '#app/catalog/description'
import { acceptanceOf, type LedgerRules } from '#app/catalog/service_handover'
import { withNewest } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import type ServiceVersion from '#app/catalog/service_version'
import { visibleTo } from '#app/identity/client_scope'
import type User from '#app/identity/user'
import { emptyLedger } from '#app/ledger/empty_ledger'
import { notice } from '#app/shared/notice'
import { readLedger } from '#app/ledger/read_ledger'
import { takeLedger, type TakenLedger } from '#app/ledger/take_ledger'
import { uploaded } from '#app/shared/uploaded'
import type { TableRow } from '#app/shared/tables/read_table'
import { notFound } from '#app/shared/not_found'

interface LedgerService {
  service: Service
  version: ServiceVersion
  rules: LedgerRules
  name: Text
}

interface Outcome {
  refused?: { reason: string; columns?: string; row?: number }
  taken?: TakenLedger
  faulty?: TableRow[]
}

const uploadValidator = vine.create({ service_id: vine.string().uuid() })

/** Bringing in what a client expects: its ledger. */
export default class LedgersController {
  async index(ctx: HttpContext) {
    return this.#render(ctx, {})
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const user = auth.getUserOrFail()
    const [, input] = await uploadValidator.tryValidate(request.all())
    const chosen = (await servicesWithLedger(user)).find(
      ({ service }) => service.id === input?.service_id
    )
    const content = await uploaded(request.file('file'))
    const read =
      chosen && content
        ? readLedger(content, chosen.version.description.groups, chosen.rules)
        : ({ ok: false, reason: 'choose_file' } as const)
    if (!chosen || !read.ok) {
      response.status(422)
      return this.#render(ctx, { refused: read.ok ? { reason: 'choose_file' } : read })
    }
    const [sound, faulty] = [
      read.rows.filter((row) => row.reasons.length === 0),
      read.rows.filter((row) => row.reasons.length > 0),
    ]
    const taken = await takeLedger(
      user,
      chosen.service,
      chosen.rules.number,
      sound.map((row) => row.values)
    )
    return this.#render(ctx, { taken, faulty })
  }

  async destroy({ auth, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const [, input] = await uploadValidator.tryValidate(request.all())
    const chosen = (await servicesWithLedger(user)).find(
      ({ service }) => service.id === input?.service_id
    )
    if (!chosen) return notFound({ request })
    await emptyLedger(user, chosen.service)
    notice(session, 'good', 'ledger.emptied')
    return response.redirect('/ledger')
  }

  async #render({ auth, view }: HttpContext, outcome: Outcome) {
    const services = await servicesWithLedger(auth.getUserOrFail())
    const counts: { service_id: string; count: number; newest: Date }[] = await db
      .from('ledger_rows')
      .whereIn(
        'service_id',
        services.map(({ service }) => service.id)
      )
      .groupBy('service_id')
      .select('service_id', db.raw('count(*)::int as count'), db.raw('max(updated_at) as newest'))
    return view.render('ledger/ledger', { services, counts, ...outcome })
  }
}

async function servicesWithLedger(user: User): Promise<LedgerService[]> {
  const services = await visibleTo(Service.query(), user).orderBy('slug')
  return (await withNewest(services)).flatMap(({ service, version }) => {
    const rules = acceptanceOf(version.description.handover)?.ledger
    return rules ? [{ service, version, rules, name: version.description.name }] : []
  })
}
