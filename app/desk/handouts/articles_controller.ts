import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Article from '#app/desk/handouts/article'
import { centerOf } from '#app/people/center'
import { phrasesOf } from '#app/core/phrases'
import { missingGlyphs } from '#app/replies/glyphs'
import { newId } from '#app/core/ids'
import { letterheadLine } from '#app/core/center_settings'
import { notice } from '#app/core/notice'
import { typeset } from '#app/core/typesetter'

const articleValidator = vine.create({
  title: vine.string().trim().minLength(1).maxLength(60),
  lines: vine.string().trim().minLength(1).maxLength(4000),
})

/** Short articles that are handed out in large print. */
export default class ArticlesController {
  async index({ view }: HttpContext) {
    return view.render('desk/handouts/articles', {
      articles: await Article.query().orderBy('title'),
    })
  }

  async create({ view }: HttpContext) {
    return view.render('desk/handouts/article', { article: null, values: {}, problem: null })
  }

  async edit({ params, view }: HttpContext) {
    const article = await Article.findOrFail(params.id)
    return view.render('desk/handouts/article', {
      article,
      values: { title: article.title, lines: article.lines.join('\n') },
      problem: null,
    })
  }

  async store(ctx: HttpContext) {
    return this.#save(ctx, null)
  }

  async update(ctx: HttpContext) {
    return this.#save(ctx, await Article.findOrFail(ctx.params.id))
  }

  /** The handout; `?size=24` for larger type. */
  async paper({ params, request, response }: HttpContext) {
    const article = await Article.findOrFail(params.id)
    const { pdf } = await typeset(
      'handout.typ',
      {
        title: article.title,
        lines: article.lines.map(phrasesOf),
        size: request.qs().size === '24' ? 24 : 18,
        from: await letterheadLine(),
      },
      { accessible: true }
    )
    response.header('Content-Disposition', 'inline; filename="handout.pdf"')
    return response.type('application/pdf').send(pdf)
  }

  async #save({ auth, request, response, session, view }: HttpContext, article: Article | null) {
    const [problems, input] = await articleValidator.tryValidate(request.all())
    const lacking = input ? missingGlyphs(`${input.title}${input.lines}`) : []
    if (problems || lacking.length > 0) {
      response.status(422)
      return view.render('desk/handouts/article', {
        article,
        values: request.only(['title', 'lines']),
        problem: problems ? 'desk.article_incomplete' : 'desk.article_glyphs',
        lacking,
      })
    }
    const values = {
      title: input.title,
      lines: input.lines.split(/\r?\n/).filter((line) => line.trim() !== ''),
      updatedBy: auth.getUserOrFail().id,
    }
    if (article) await article.merge(values).save()
    else await Article.create({ id: newId(), clientId: await centerOf(), ...values })
    notice(session, 'good', 'desk.article_saved')
    return response.redirect('/articles')
  }
}
