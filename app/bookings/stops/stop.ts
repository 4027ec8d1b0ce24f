import { StopSchema } from '#database/schema'

/** A stop of a client's vehicles; its number stands on its pole and is said on the phone. */
export default class Stop extends StopSchema {}
