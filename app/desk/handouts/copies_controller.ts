import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { exampleAnswers } from '#app/studio/example_answers'
import { filledIn } from '#app/catalog/on_paper'
import { filesOf } from '#app/studio/export_service'
import { newestVersion, withNewest } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import type ServiceVersion from '#app/catalog/service_version'
import { typesetForm } from '#app/catalog/typeset_form'
import { contactOf } from '#app/registry/contact'
import { registeredByNumber, type Registered } from '#app/registry/find_registered'
import { clearCode } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** Copies that are printed at once at most. */
const MAX = 50

const copiesValidator = vine.create({
  service_id: vine.string().uuid(),
  number: vine.string().trim().maxLength(20).nullable().optional(),
  count: vine.number().min(1).max(MAX),
})

/** Paper forms to give out: blank ones, or one with the name of somebody whom the register knows. */
export default class CopiesController {
  async create(ctx: HttpContext) {
    return this.#form(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const [problems, input] = await copiesValidator.tryValidate(request.all())
    const service = input && (await Service.find(input.service_id))
    if (problems || !input || !service) return this.#refuse(ctx, 'desk.copies_say')
    const version = await newestVersion(service.id)
    if (version.description.ownPaper) return this.#refuse(ctx, 'desk.copies_own')
    const number = input.number?.normalize('NFKC').replace(/\D/g, '')
    const known = number ? await registeredByNumber(service.id, number) : null
    const contact =
      known &&
      (await contactOf({ submissionId: service.id, clientId: service.clientId, facts: known }))
    const isHidden = contact?.isProtected && !auth.getUserOrFail().seesProtected
    if (number && (known?.state !== 'eligible' || isHidden))
      return this.#refuse(ctx, 'desk.copies_unknown')
    const copies = Array.from({ length: known ? 1 : input.count }, () => clearCode(10))
    const form = await typesetForm(
      filesOf(version.description),
      version.number,
      copies,
      known ? filledIn(version.description, valuesOf(version, known)) : []
    )
    await transition(async (t) => {
      t.recordOnly({
        verb: 'form.printed',
        subject: { type: 'service', id: service.id },
        clientId: service.clientId,
        actorId: auth.getUserOrFail().id,
        detail: { copies: copies.length, named: known !== null },
      })
    })
    response.header('content-disposition', `inline; filename="${service.slug}.pdf"`)
    response.header('cache-control', 'no-store')
    return response.type('pdf').send(form.pdf)
  }

  /** Shows how the form is filled in: printed once, to lie beside the empty ones. */
  async example(ctx: HttpContext) {
    const service = await Service.findOrFail(ctx.params.id)
    const { description, number } = await newestVersion(service.id)
    if (description.ownPaper) return this.#refuse(ctx, 'desk.copies_own')
    const filled = filledIn(description, exampleAnswers(description))
    const form = await typesetForm(filesOf(description), number, ['example'], filled, true)
    ctx.response.header('content-disposition', `inline; filename="${service.slug}-example.pdf"`)
    return ctx.response.type('pdf').send(form.pdf)
  }

  #refuse(ctx: HttpContext, problem: string) {
    ctx.response.status(422)
    return this.#form(ctx, problem)
  }

  async #form({ view, request }: HttpContext, problem: string | null) {
    const services = await Service.query().orderBy('createdAt').orderBy('id')
    return view.render('desk/handouts/copies', {
      problem,
      typed: problem ? request.all() : {},
      max: MAX,
      services: (await withNewest(services)).map(({ service, version }) => ({
        id: service.id,
        name: version.description.name,
      })),
    })
  }
}

/** Returns what the register says of somebody, by the fields of the form. */
function valuesOf({ description }: ServiceVersion, known: Registered): Record<string, string> {
  const { number, kana, name, birthDate, postcode, address, phone } = description.person
  const facts: [string | undefined, string][] = [
    [number, known.number],
    [kana, known.kana],
    [name, known.name],
    [birthDate, known.birthDate],
    [postcode, known.postcode],
    [address, known.address],
    [phone, known.phone],
  ]
  return Object.fromEntries(facts.flatMap(([key, value]) => (key ? [[key, value]] : [])))
}
