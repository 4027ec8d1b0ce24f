import app from '@adonisjs/core/services/app'
import { Decoder } from '#app/reading/decoding/decoder'

let decoder: Decoder | undefined

/** The one decoding child of a process, whatever it opens; it ends with the process. */
export function sharedDecoder(): Decoder {
  if (!decoder) {
    decoder = new Decoder()
    app.terminating(() => decoder?.close())
  }
  return decoder
}
