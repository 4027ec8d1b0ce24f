import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { fieldOf, normalize } from '#app/catalog/field_values'
import Lesson from '#app/desk/lessons/lesson'
import { comingLessons, makeLesson, startOf } from '#app/desk/lessons/lessons'
import { attendeesOf, enroll, markPlace } from '#app/desk/lessons/lesson_places'
import { today, wallTime } from '#app/core/clock'
import { eraDate, isRealDate, spokenTime, weekdayKanji } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { pageNumber } from '#app/core/paging'
import { chunkedDigits } from '#app/core/spoken'
import { typeset } from '#app/core/typesetter'
import { TIME_OF_DAY } from '#app/core/time_of_day'

const lessonValidator = vine.create({
  title: vine.string().trim().minLength(1).maxLength(80),
  place: vine.string().trim().minLength(1).maxLength(80),
  day: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
  time: vine.string().regex(TIME_OF_DAY),
  minutes: vine.number().withoutDecimals().range([10, 600]),
  capacity: vine.number().withoutDecimals().range([1, 500]),
})

const personValidator = vine.create({
  kana: vine.string().trim().minLength(1).maxLength(60),
  phone: vine.string().trim().maxLength(20).nullable().optional(),
})

const markValidator = vine.create({
  place_id: vine.string().uuid(),
  state: vine.enum(['attended', 'absent', 'canceled'] as const),
})

/** Lessons: places that are booked by phone or at the counter, a roster, who came. */
export default class LessonsController {
  async index(ctx: HttpContext) {
    return this.#list(ctx, {})
  }

  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    const [problems, input] = await lessonValidator.tryValidate(request.all())
    const past = input && (!isRealDate(input.day) || `${input.day}T${input.time}` < wallTime())
    if (problems || past) {
      response.status(422)
      return this.#list(ctx, { values: request.all(), problem: 'desk.lesson_incomplete' })
    }
    const id = await makeLesson(input)
    notice(session, 'good', 'desk.lesson_made')
    return response.redirect(`/lessons/${id}`)
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx, await Lesson.findOrFail(ctx.params.id), {})
  }

  async enroll(ctx: HttpContext) {
    const { auth, params, request, response, session } = ctx
    const lesson = await Lesson.findOrFail(params.id)
    const [problems, input] = await personValidator.tryValidate(request.all())
    const check = (kind: 'kana' | 'phone', text: string) => normalize(fieldOf(kind), text)
    const kana = check('kana', input?.kana ?? '')
    const phone = check('phone', input?.phone ?? '')
    if (problems || kana.problem || phone.problem) {
      response.status(422)
      return this.#page(ctx, lesson, {
        values: request.all(),
        problem: phone.problem ? 'problems.phone' : 'problems.kana',
      })
    }
    const enrolled = await enroll(auth.getUserOrFail(), lesson, {
      kana: kana.value,
      phone: phone.value,
    })
    notice(
      session,
      enrolled.ok ? 'good' : 'warn',
      enrolled.ok ? 'desk.enrolled' : `desk.lesson_${enrolled.reason}`
    )
    return response.redirect(`/lessons/${lesson.id}`)
  }

  async mark({ auth, params, request, response }: HttpContext) {
    const lesson = await Lesson.findOrFail(params.id)
    const input = await request.validateUsing(markValidator)
    await markPlace(auth.getUserOrFail(), lesson, input.place_id, input.state)
    return response.redirect(`/lessons/${lesson.id}`)
  }

  async roster({ params, response }: HttpContext) {
    const lesson = await Lesson.findOrFail(params.id)
    const { day, time } = await startOf(lesson)
    const { pdf } = await typeset('lesson_roster.typ', {
      title: lesson.title,
      when: `${eraDate(day)}(${weekdayKanji(day)}) ${spokenTime(time)}`,
      place: lesson.place,
      people: (await attendeesOf(lesson)).map((one) => ({
        kana: one.kana,
        phone: chunkedDigits(one.phone),
      })),
    })
    response.header('Content-Disposition', 'inline; filename="lesson.pdf"')
    return response.type('application/pdf').send(pdf)
  }

  async #list({ request, view }: HttpContext, extra: Record<string, unknown>) {
    return view.render('desk/lessons/lessons', {
      lessons: await comingLessons(await pageNumber(request.qs())),
      values: {},
      problem: null,
      today: today(),
      ...extra,
    })
  }

  async #page({ view }: HttpContext, lesson: Lesson, extra: Record<string, unknown>) {
    const { day, time } = await startOf(lesson)
    return view.render('desk/lessons/lesson', {
      lesson,
      at: `${day}T${time}`,
      people: await attendeesOf(lesson),
      values: {},
      problem: null,
      chunkedDigits,
      ...extra,
    })
  }
}
