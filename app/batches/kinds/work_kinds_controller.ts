import type { HttpContext } from '@adonisjs/core/http'
import { instructionPicture } from '#app/batches/kinds/instruction_picture'
import { keepPicture, removePicture } from '#app/batches/kinds/keep_picture'
import { kitDefinition, listKits } from '#app/batches/kinds/kits'
import { closeWorkKind, saveWorkKind } from '#app/batches/kinds/save_work_kind'
import { showWorkKind } from '#app/batches/kinds/show_work_kind'
import { definitionFrom, definitionValidator } from '#app/batches/kinds/typed_definition'
import WorkKind from '#app/batches/kinds/work_kind'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { missingGlyphs } from '#app/replies/glyphs'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { uploaded } from '#app/core/uploaded'

/** Kinds of work that leaders define. */
export default class WorkKindsController {
  async index({ locale, request, view }: HttpContext) {
    const kinds = await WorkKind.query()
      .orderByRaw('closed_at is not null')
      .orderBy('name')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    return view.render('batches/kinds', { kinds, kits: await listKits(locale) })
  }

  /** An empty form, or one filled from what comes with the product. */
  async create(ctx: HttpContext) {
    const { kit } = ctx.request.qs()
    const definition = typeof kit === 'string' ? await kitDefinition(kit, ctx.locale) : null
    return showWorkKind(ctx, null, definition ?? {})
  }

  async edit(ctx: HttpContext) {
    const kind = await WorkKind.findOrFail(ctx.params.id)
    return showWorkKind(ctx, kind, kind.definition)
  }

  async store(ctx: HttpContext) {
    return this.#save(ctx, null)
  }

  async update(ctx: HttpContext) {
    return this.#save(ctx, await WorkKind.findOrFail(ctx.params.id))
  }

  async close({ auth, params, request, response }: HttpContext) {
    const kind = await WorkKind.findOrFail(params.id)
    await closeWorkKind(auth.getUserOrFail(), kind.id, request.input('closed') === 'yes')
    return response.redirect('/work-kinds')
  }

  async addPicture(ctx: HttpContext) {
    const { auth, params, request, response, session } = ctx
    const kind = await WorkKind.findOrFail(params.id)
    const content = await uploaded(request.file('picture'), MAX_SCAN_BYTES)
    const made = content ? await instructionPicture(content) : null
    if (!made?.ok) notice(session, 'warn', 'batches.picture_refused')
    else if (!(await keepPicture(auth.getUserOrFail(), kind.id, made.image)))
      notice(session, 'warn', 'batches.pictures_full')
    return response.redirect(`/work-kinds/${kind.id}`)
  }

  async removePicture({ auth, params, response }: HttpContext) {
    await removePicture(auth.getUserOrFail(), params.id, params.picture)
    return response.redirect(`/work-kinds/${params.id}`)
  }

  async #save(ctx: HttpContext, kind: WorkKind | null) {
    const { auth, i18n, request, response, session } = ctx
    const typed = request.all()
    const refuse = (problem: string, detail: Record<string, string> = {}) => {
      response.status(422)
      return showWorkKind(ctx, kind, typed, i18n.t(problem, detail))
    }
    const [problems, input] = await definitionValidator.tryValidate(typed)
    if (problems || !input) return refuse('batches.fill_in')
    const made = definitionFrom(input, kind?.definition.pictures ?? [])
    if (!made.ok) return refuse(`batches.${made.problem}`)
    // The terms of its packs are printed with both.
    const lacking = missingGlyphs(`${input.name}${input.instructions}`)
    if (lacking.length > 0) return refuse('batches.glyphs', { characters: lacking.join(' ') })
    const id = await saveWorkKind(auth.getUserOrFail(), kind?.id ?? null, made.definition)
    if (!id) return refuse('batches.name_taken')
    notice(session, 'good', 'batches.kind_kept')
    return response.redirect(`/work-kinds/${id}`)
  }
}
