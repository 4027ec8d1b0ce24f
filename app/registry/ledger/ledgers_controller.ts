import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { visibleTo } from '#app/people/client_scope'
import { countRows, servicesWithLedger } from '#app/registry/ledger/services_with_ledger'
import { importNames } from '#app/registry/import_names'
import { emptyLedger } from '#app/registry/ledger/empty_ledger'
import { notice } from '#app/core/notice'
import LedgerImport, { ledgerNameSealContext } from '#app/registry/ledger/ledger_import'
import { receiveLedger } from '#app/registry/ledger/receive_ledger'
import { notFound } from '#app/core/not_found'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { uploaded } from '#app/core/uploaded'

const uploadValidator = vine.create({ service_id: vine.string().uuid() })

/** Bringing in what a client expects: its ledger. */
export default class LedgersController {
  async index(ctx: HttpContext) {
    return this.#render(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const user = auth.getUserOrFail()
    const [, input] = await uploadValidator.tryValidate(request.all())
    const chosen = (await servicesWithLedger(user)).find(
      ({ service }) => service.id === input?.service_id
    )
    const file = request.file('file')
    const content = await uploaded(file)
    if (!chosen || !file || !content) {
      response.status(422)
      return this.#render(ctx, 'registry.choose_file')
    }
    const made = await receiveLedger(user, chosen.service, { name: file.clientName, content })
    return response.redirect(`/ledger/${made.id}`)
  }

  async show({ auth, params, view }: HttpContext) {
    const found = await visibleTo(LedgerImport.query(), auth.getUserOrFail())
      .where('ledger_imports.id', params.id)
      .firstOrFail()
    return view.render('registry/ledger/import', {
      found,
      name: (await importNames([found], ledgerNameSealContext)).get(found.id),
    })
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

  async #render({ auth, view, request, locale }: HttpContext, problem: string | null) {
    const user = auth.getUserOrFail()
    const services = await servicesWithLedger(user)
    const imports = await visibleTo(LedgerImport.query(), user)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('registry/ledger/ledger', {
      services,
      counts: await countRows(services.map(({ service }) => service.id)),
      imports,
      names: await importNames(imports.all(), ledgerNameSealContext),
      serviceNames: new Map(services.map(({ service, name }) => [service.id, name[locale]])),
      problem,
    })
  }
}
