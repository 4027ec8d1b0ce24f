import type { HttpContext } from '@adonisjs/core/http'
import { plainLabel } from '#app/catalog/plain_label'
import Service from '#app/catalog/service'
import { newestVersion } from '#app/catalog/frozen_version'
import { visibleTo } from '#app/people/client_scope'
import ExportLayout, {
  COLUMN_FORMATS,
  furtherSources,
  soundColumns,
  SUBMISSION_SOURCES,
  type LayoutColumn,
} from '#app/clients/export_layout'
import { saveLayout } from '#app/clients/save_layout'
import { layoutValidator } from '#app/clients/order_validator'
import { servicesOf } from '#app/clients/services_of'
import { newId } from '#app/core/ids'
import { notice } from '#app/core/notice'

const BLANK_ROWS = 6

/** The columns in which a client takes its values away. Saving makes a new numbered layout; older ones stay. */
export default class LayoutsController {
  async index({ auth, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const layouts = await visibleTo(ExportLayout.query(), user).orderBy('number', 'desc').limit(100)
    return view.render('clients/layouts', { layouts, services: await servicesOf(user) })
  }

  async create(ctx: HttpContext) {
    const user = ctx.auth.getUserOrFail()
    const { service_id: serviceId, from } = ctx.request.qs()
    const service = await visibleTo(Service.query(), user)
      .where('id', isUuid(serviceId) ? serviceId : newId())
      .firstOrFail()
    const before = isUuid(from)
      ? await visibleTo(ExportLayout.query(), user)
          .where('export_layouts.id', from)
          .where('service_id', service.id)
          .first()
      : null
    const version = await newestVersion(service.id)
    const columns: LayoutColumn[] = before?.columns ?? [
      { header: '受付番号', source: '@receipt', format: 'plain' },
      ...version.fields.map((field) => ({
        header: plainLabel(field.label).ja,
        source: field.key,
        format: 'plain' as const,
      })),
    ]
    return this.#form(ctx, service.id, {
      name: before?.name ?? '',
      encoding: before?.encoding ?? 'cp932',
      columns,
      problem: null,
    })
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await layoutValidator.tryValidate(request.all())
    if (problems) {
      const { service_id: serviceId } = request.all()
      const service = await visibleTo(Service.query(), user)
        .where('id', isUuid(serviceId) ? serviceId : newId())
        .firstOrFail()
      response.status(422)
      return this.#form(ctx, service.id, {
        name: request.input('name') ?? '',
        encoding: request.input('encoding') ?? 'cp932',
        columns: request.input('columns') ?? [],
        problem: 'clients.layout_incomplete',
      })
    }
    const service = await visibleTo(Service.query(), user)
      .where('id', input.service_id)
      .firstOrFail()
    const version = await newestVersion(service.id)
    const columns = soundColumns(version, input.columns)
    if (columns.length === 0) {
      response.status(422)
      return this.#form(ctx, service.id, {
        name: input.name,
        encoding: input.encoding,
        columns: [],
        problem: 'clients.layout_incomplete',
      })
    }
    await saveLayout(user, service, { name: input.name, encoding: input.encoding, columns })
    notice(session, 'good', 'clients.layout_saved')
    return response.redirect('/layouts')
  }

  async #form(
    { view }: HttpContext,
    serviceId: string,
    form: {
      name: string
      encoding: string
      columns: Partial<LayoutColumn>[]
      problem: string | null
    }
  ) {
    const version = await newestVersion(serviceId)
    return view.render('clients/layout', {
      ...form,
      serviceId,
      version,
      columns: [...form.columns, ...Array.from({ length: BLANK_ROWS }, () => ({}))],
      sources: SUBMISSION_SOURCES,
      further: furtherSources(version),
      formats: COLUMN_FORMATS,
    })
  }
}

function isUuid(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f-]{36}$/.test(text)
}
