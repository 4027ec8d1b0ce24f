import { RetentionRuleSchema } from '#database/schema'

/** For how many days after the end of a request its paper, pictures and values are kept; 0: until somebody orders otherwise. */
export default class RetentionRule extends RetentionRuleSchema {}

/** The longest that can be set: a hundred years. */
export const MAX_DAYS = 36_525
