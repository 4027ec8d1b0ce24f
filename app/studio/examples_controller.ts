import type { HttpContext } from '@adonisjs/core/http'
import { changeDraft } from '#app/studio/change_draft'
import type { ServiceFiles } from '#app/catalog/description'
import { addExample, removeExample } from '#app/studio/edit_draft'
import {
  forgetUnusedPictures,
  pictureNames,
  pictureOf,
  keepPictures,
  MAX_PICTURES,
  pictureName,
} from '#app/catalog/guide_pictures'
import { ownDraft } from '#app/studio/own_draft'
import Service from '#app/catalog/service'
import ServiceDraft from '#app/studio/service_draft'
import { exampleValidator } from '#app/studio/service_validator'
import { examplePicture } from '#app/studio/paper/example_picture'
import { visibleTo } from '#app/people/client_scope'
import { uploadedScan } from '#app/intake/uploaded_scan'
import { notice } from '#app/core/notice'
import { showField } from '#app/studio/show_field'
import { notFound } from '#app/core/not_found'

const KEPT_SECONDS = 600

/** Pictures in the keying guide: writing as it comes, and what is keyed for it. */
export default class ExamplesController {
  /** A picture never changes under its name. */
  async show({ auth, params, request, response }: HttpContext) {
    const user = auth.getUserOrFail()
    const { slug, name } = params
    const service = await visibleTo(Service.query(), user).where('slug', slug).first()
    if (!service) await visibleTo(ServiceDraft.query(), user).where('slug', slug).firstOrFail()
    const picture = await pictureOf(slug, name)
    if (!picture) return notFound({ request })
    // Not for long: somebody may have shown more than was meant, and taken it back.
    response.header('Cache-Control', `private, max-age=${KEPT_SECONDS}`)
    return response.type('png').send(picture)
  }

  async store(ctx: HttpContext) {
    const { auth, params, request, session, response } = ctx
    const draft = await ownDraft(ctx)
    if (!hasField(draft.files, params.key)) return notFound(ctx)
    const [problems, input] = await exampleValidator.tryValidate(request.all())
    const handed = await uploadedScan(request.file('picture'))
    const made = handed.ok ? await examplePicture(handed.content) : handed
    const refuse = (problem: string) => {
      response.status(422)
      return showField(ctx, draft, { problem, example: request.all() })
    }
    if (problems || !input) return refuse('studio.fill_in')
    if (!made.ok) return refuse(`paper.refused_${made.reason}`)
    if ((draft.files.guide.examples ?? []).length >= MAX_PICTURES)
      return refuse('studio.examples_full')
    const { image } = made
    const picture = pictureName(image)
    const why = input.why ? { ja: input.why, en: input.why_en || input.why } : undefined
    const example = { field: params.key, picture, key: input.keyed, why }
    await changeDraft(
      draft.slug,
      auth.getUserOrFail(),
      (files) => (hasField(files, params.key) ? addExample(files, example) : files),
      (trx) => keepPictures(draft.slug, new Map([[picture, image]]), trx)
    )
    notice(session, 'good', 'studio.kept')
    return response.redirect(`/services/${draft.slug}/draft/fields/${params.key}#examples`)
  }

  async destroy(ctx: HttpContext) {
    const { auth, params, response, session } = ctx
    const { slug } = await ownDraft(ctx)
    await changeDraft(
      slug,
      auth.getUserOrFail(),
      (files) => removeExample(files, { field: params.key, picture: params.name }),
      (trx, files) => forgetUnusedPictures(slug, pictureNames(files), trx)
    )
    notice(session, 'good', 'studio.example_removed')
    return response.redirect(`/services/${slug}/draft/fields/${params.key}#examples`)
  }
}

function hasField({ groups }: ServiceFiles, key: string): boolean {
  return groups.some((group) => group.fields.some((field) => field.key === key))
}
