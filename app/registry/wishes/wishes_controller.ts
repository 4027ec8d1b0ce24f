import type { HttpContext } from '@adonisjs/core/http'
import { visibleTo } from '#app/people/client_scope'
import { clientsOf, ownerFor } from '#app/people/organizations/clients_of'
import { checkPerson } from '#app/registry/check_person'
import { contactsOf } from '#app/registry/contact'
import { NOBODY } from '#app/registry/registered_person'
import { askAgain, confirmWish, endWish, keepWish } from '#app/registry/wishes/keep_wish'
import { contactOfWish, ownWish } from '#app/registry/wishes/own_wish'
import ReplyWish, { WISHED_SIZES } from '#app/registry/wishes/reply_wish'
import { codeValidator, emailValidator, wishValidator } from '#app/registry/wishes/wish_validator'
import { openWishes } from '#app/registry/wishes/wishes_of'
import { tellingTerms } from '#app/submissions/search_tokens'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { mailServer } from '#app/core/mail/mail_server'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

/** Wishes of residents for how to be answered: the size of type, and by e-mail once an address is confirmed. */
export default class WishesController {
  async index(ctx: HttpContext) {
    return this.#page(ctx)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await wishValidator.tryValidate(request.all())
    const checked = checkPerson(request.all())
    const of = { ...NOBODY, ...checked.values }
    // Full-width letters are those that were meant: no address has others.
    const email = (input?.email ?? '').normalize('NFKC').trim()
    const isAddress = email === '' || (await emailValidator.tryValidate({ email }))[0] === null
    const wrongDay = input && (!isRealDate(input.agreed_on) || input.agreed_on > today())
    const problem =
      problems || Object.keys(checked.problems).length > 0
        ? 'stops.look_again'
        : user.worksForCenter && !input?.client_id
          ? 'wishes.whose'
          : tellingTerms(of).length === 0
            ? 'stops.refused_who'
            : !isAddress
              ? 'wishes.not_an_address'
              : email === '' && !input.type_size
                ? 'wishes.nothing_wished'
                : email !== '' && (!of.kana || !of.birthDate)
                  ? 'wishes.needs_kana'
                  : email !== '' && !(await mailServer())
                    ? 'wishes.no_mail'
                    : wrongDay
                      ? 'wishes.agreed_day'
                      : null
    const clientId = await ownerFor(user, input?.client_id)
    if (problem || !input || !clientId) {
      response.status(422)
      return this.#page(ctx, {
        typed: request.all(),
        problems: checked.problems,
        problem: problem ?? 'stops.look_again',
      })
    }
    if ((await contactOfWish(clientId, of)).stop) {
      response.status(422)
      return this.#page(ctx, { typed: request.all(), problem: 'wishes.stopped' })
    }
    const mode = (await mailServer())?.mode
    await keepWish(user, {
      clientId,
      of: {
        number: of.number,
        kana: of.kana,
        name: of.name,
        birthDate: of.birthDate,
        phone: of.phone,
      },
      typeSize: WISHED_SIZES.find((size) => size === input.type_size) ?? null,
      email,
      agreedOn: input.agreed_on,
    })
    notice(
      session,
      'good',
      email === ''
        ? 'wishes.kept'
        : mode === 'smtp'
          ? 'wishes.kept_and_mailed'
          : 'wishes.kept_in_outbox'
    )
    return response.redirect('/wishes')
  }

  async confirm(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const { wish } = await this.#own(ctx)
    const [problems, input] = await codeValidator.tryValidate(request.all())
    const done = problems ? 'wrong' : await confirmWish(auth.getUserOrFail(), wish.id, input.code)
    notice(session, done === 'confirmed' ? 'good' : 'warn', `wishes.${done}`)
    return response.redirect('/wishes')
  }

  async ask(ctx: HttpContext) {
    const { auth, response, session } = ctx
    const { wish, contact } = await this.#own(ctx)
    const mayAsk = contact.stop === null
    const done = mayAsk && (await askAgain(auth.getUserOrFail(), wish.id))
    notice(session, done ? 'good' : 'warn', done ? 'wishes.mailed_again' : 'wishes.over')
    return response.redirect('/wishes')
  }

  async end(ctx: HttpContext) {
    const { auth, response, session } = ctx
    const done = await endWish(auth.getUserOrFail(), (await this.#own(ctx)).wish.id)
    notice(session, done ? 'good' : 'warn', done ? 'wishes.ended' : 'wishes.over')
    return response.redirect('/wishes')
  }

  #own({ auth, params }: HttpContext) {
    return ownWish(auth.getUserOrFail(), params.id)
  }

  async #page({ auth, request, view }: HttpContext, extra: Record<string, unknown> = {}) {
    const user = auth.getUserOrFail()
    const list = await visibleTo(ReplyWish.query(), user)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    const wishes = await openWishes(list.all())
    const contacts = await contactsOf(
      wishes.map(({ row, of }) => ({ submissionId: row.id, clientId: row.clientId, facts: of }))
    )
    return view.render('registry/wishes', {
      list,
      // Where a protected person gets mail, named staff alone see.
      wishes: wishes.filter(({ row }) => user.seesProtected || !contacts.get(row.id)?.isProtected),
      mode: (await mailServer())?.mode ?? null,
      sizes: WISHED_SIZES,
      clients: user.worksForCenter ? await clientsOf(user) : [],
      today: today(),
      typed: {},
      problems: {},
      problem: null,
      ...extra,
    })
  }
}
