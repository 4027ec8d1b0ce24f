import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { askExport } from '#app/clients/exports/ask_export'
import { exportNames } from '#app/clients/exports/export_names'
import { exportValidator } from '#app/clients/exports/export_validator'
import { fetchExport } from '#app/clients/exports/fetch_export'
import ValueExport, { lackingSealContext, type Lacking } from '#app/clients/exports/value_export'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import ExportLayout from '#app/clients/export_layout'
import WorkOrder from '#app/submissions/work_order'
import { codePoint } from '#app/core/csv_file'
import { isRealDate } from '#app/core/japanese_calendar'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { openLivingSealers } from '#app/core/sealing'

/** Values taken out as files, which the workers make. */
export default class ExportsController {
  async index({ auth, request, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const exports = await visibleTo(ValueExport.query(), user)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('clients/exports/index', {
      exports,
      services: await servicesOf(user),
      layouts: await visibleTo(ExportLayout.query(), user).orderBy('number', 'desc'),
      names: await exportNames(exports.all()),
    })
  }

  async store({ auth, request, response, session, locale }: HttpContext) {
    const user = auth.getUserOrFail()
    const [problems, input] = await exportValidator.tryValidate(request.all())
    const service =
      input && (await visibleTo(Service.query(), user).where('id', input.service_id).first())
    const days = [input?.arrived_from, input?.arrived_to].filter((day) => typeof day === 'string')
    if (problems || !service || days.some((day) => !isRealDate(day))) {
      notice(session, 'bad', 'exports.fill_in')
      return response.redirect('/exports')
    }
    const owned = { clientId: service.clientId, serviceId: service.id }
    const layout = input.layout_id
      ? await ExportLayout.query()
          .where({ ...owned, id: input.layout_id })
          .firstOrFail()
      : null
    const order = input.order_id
      ? await WorkOrder.query()
          .where({ ...owned, id: input.order_id })
          .firstOrFail()
      : null
    const asked = await askExport(user, locale, {
      ...owned,
      layoutId: layout?.id ?? null,
      workOrderId: order?.id ?? null,
      encoding: layout?.encoding ?? input.encoding ?? 'utf8',
      arrivedFrom: input.arrived_from ?? null,
      arrivedTo: input.arrived_to ?? null,
      submissionState: input.state ?? null,
      onlyNew: input.only_new === true,
    })
    return response.redirect(`/exports/${asked.id}`)
  }

  /** Shows how far it is, and what to know before it is taken. */
  async show({ auth, params, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const found = await visibleTo(ValueExport.query(), user)
      .where('exports.id', params.id)
      .firstOrFail()
    const sealer = (await openLivingSealers([found.dataKeyId])).get(found.dataKeyId)
    const lacking =
      sealer && found.lacking
        ? sealer.openJson<Lacking[]>(lackingSealContext(found.id), found.lacking)
        : []
    return view.render('clients/exports/show', {
      found,
      names: await exportNames([found]),
      isOwn: found.requestedBy === user.id,
      isGone: !sealer,
      lacking: lacking.map((one) => ({
        receipt: one.receipt,
        characters: one.characters.map((character) => ({ character, code: codePoint(character) })),
      })),
    })
  }

  /** The file, for who asked for it: what they may see was decided for them. From then on it counts as taken. */
  async file(ctx: HttpContext) {
    const fetched = await fetchExport(ctx.auth.getUserOrFail(), String(ctx.params.id))
    if (!fetched) return notFound(ctx)
    const { name, charset, bytes, parts } = fetched
    ctx.response.header('Content-Disposition', `attachment; filename="${name}"`)
    ctx.response.header('Content-Length', String(bytes))
    ctx.response.type(`text/csv; charset=${charset}`)
    return ctx.response.stream(Readable.from(parts, { objectMode: false }))
  }
}

async function servicesOf(user: User) {
  const services = await visibleTo(Service.query(), user).orderBy('createdAt').orderBy('id')
  return Promise.all(
    services.map(async ({ id }) => ({ id, name: (await newestVersion(id)).description.name }))
  )
}
