import vine from '@vinejs/vine'
import { ENGAGEMENT_KINDS } from '#app/people/engagements/engagement'
import { isRealDate } from '#app/core/japanese_calendar'

const date = () =>
  vine
    .string()
    .trim()
    .regex(/^\d{4}-\d\d-\d\d$/)

/** The terms of somebody's work, as they are typed. */
export const engagementValidator = vine.create({
  kind: vine.enum(ENGAGEMENT_KINDS),
  starts_on: date(),
  ends_on: date().optional(),
  nda_until: date().optional(),
  trained_on: date().optional(),
  region: vine.string().trim().maxLength(40).optional(),
  needs_childcare: vine.boolean().optional(),
  seen: vine.string().maxLength(40).optional(),
})

/** A skill or qualification, with its last day where it has one. */
export const qualificationValidator = vine.create({
  skill: vine.string().trim().minLength(1).maxLength(40),
  valid_until: date().optional(),
})

/** A thing that is lent. */
export const loanValidator = vine.create({
  what: vine.string().trim().minLength(1).maxLength(60),
  number: vine.string().trim().maxLength(40).optional(),
  on: date(),
})

/** Whether all of these are days that there are. */
export function areRealDates(dates: (string | undefined)[]): boolean {
  return dates.every((one) => one === undefined || isRealDate(one))
}
