import type { HttpContext } from '@adonisjs/core/http'
import Template from '#app/mailings/templates/template'
import { EXAMPLES, exampleLetter, proofOf } from '#app/mailings/templates/example_letter'
import { ownTemplate } from '#app/mailings/templates/own_template'
import { closeTemplate, saveTemplate } from '#app/mailings/templates/save_template'
import { listShipped, shippedTemplate } from '#app/mailings/templates/shipped_templates'
import { templateOf, versionsOf } from '#app/mailings/templates/template_versions'
import { asTyped, readTyped, templateFrom } from '#app/mailings/templates/typed_template'
import { organizationNames } from '#app/people/organization_names'
import { clientFor, clientsOf } from '#app/people/organizations/clients_of'
import { visibleTo } from '#app/people/client_scope'
import { TYPE_SIZES } from '#app/replies/letter'
import { printedInRuns } from '#app/replies/products/product'
import type { LetterTemplate } from '#app/replies/templates/letter_template'
import { notice } from '#app/core/notice'
import { pagePictures } from '#app/core/page_pictures'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

/** px per inch of a picture that is only looked at */
const DPI = 80

/** Letters to many that a client has written, in versions. */
export default class LetterTemplatesController {
  async index({ auth, request, view }: HttpContext) {
    const templates = await visibleTo(Template.query(), auth.getUserOrFail())
      .orderByRaw('closed_at is not null')
      .orderBy('name')
      .orderBy('id')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('mailings/templates', {
      templates,
      clients: await organizationNames(),
      shipped: await listShipped(),
    })
  }

  /** An empty form, or one filled from what comes with the product. */
  async create(ctx: HttpContext) {
    const { from } = ctx.request.qs()
    const shipped = typeof from === 'string' ? await shippedTemplate(from) : null
    return this.#page(ctx, null, shipped ? asTyped(shipped) : {})
  }

  async edit(ctx: HttpContext) {
    const template = await ownTemplate(ctx)
    return this.#page(ctx, template, asTyped(await newestOf(template)))
  }

  async store(ctx: HttpContext) {
    return this.#save(ctx, null)
  }

  async update(ctx: HttpContext) {
    return this.#save(ctx, await ownTemplate(ctx))
  }

  async close(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const template = await ownTemplate(ctx)
    await closeTemplate(auth.getUserOrFail(), template, request.input('closed') === 'yes')
    return response.redirect('/letter-templates')
  }

  /** Draws what was typed, whatever is missing: its first page as a picture (PNG). */
  async preview({ request, response }: HttpContext) {
    const typed = request.all()
    const product = printedInRuns().find(({ name }) => name === typed.product)?.name ?? 'letter'
    const size = TYPE_SIZES.find((one) => String(one) === typed.size) ?? 18
    const example = EXAMPLES.find((one) => one === typed.example) ?? 'short'
    const letter = exampleLetter(templateFrom(texts(typed)), size, example)
    const documentNumber = letter.text.documentNumber
    const { pdf } = await proofOf(letter, { product, documentNumber })
    const [page] = await pagePictures(pdf, DPI)
    return response.type('png').send(page)
  }

  async #save(ctx: HttpContext, template: Template | null) {
    const { auth, i18n, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const typed = request.all()
    const refuse = (problem: string, detail: Record<string, string> = {}) => {
      response.status(422)
      return this.#page(ctx, template, typed, i18n.t(problem, detail))
    }
    const read = await readTyped(typed)
    if (!read.ok) return refuse(read.problem, read.detail)
    const clientId = template?.clientId ?? (await clientFor(user, typed.client_id))?.id
    if (!clientId) return refuse('mailings.template_incomplete')
    const saved = await saveTemplate(user, clientId, template?.id ?? null, read.template)
    if (!saved.ok) return refuse(`mailings.${saved.reason}`)
    notice(session, 'good', 'mailings.template_kept')
    return response.redirect(`/letter-templates/${saved.id}`)
  }

  async #page(
    { auth, view }: HttpContext,
    template: Template | null,
    values: Record<string, unknown>,
    problem: string | null = null
  ) {
    return view.render('mailings/template', {
      ...{ template, values, problem },
      clients: template ? [] : await clientsOf(auth.getUserOrFail()),
      versions: template ? await versionsOf(template.id) : [],
      hasForm: template ? (await newestOf(template)).enclosure !== undefined : false,
      products: printedInRuns().map(({ name }) => name),
      sizes: TYPE_SIZES,
      examples: EXAMPLES,
    })
  }
}

/** Finds what a template says now. */
function newestOf({ id, newest }: Template): Promise<LetterTemplate> {
  return templateOf({ templateId: id, templateVersion: newest })
}

/** Returns the texts that were typed, none longer than a letter could hold. */
function texts(typed: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value.slice(0, 3000)]] : []
    )
  )
}
