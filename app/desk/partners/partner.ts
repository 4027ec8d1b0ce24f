import { PartnerSchema } from '#database/schema'

/** An organization that goes on helping: a community centre, a shop, volunteers. */
export default class Partner extends PartnerSchema {}
