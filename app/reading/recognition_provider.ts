import type { ApplicationService } from '@adonisjs/core/types'
import { Recognizer } from '#app/reading/recognizer'

/** Binds the text engine. */
export default class RecognitionProvider {
  #recognizer: Recognizer | undefined

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Recognizer, async () => {
      const { TesseractRecognizer } = await import('#app/reading/tesseract_recognizer')
      return (this.#recognizer = new TesseractRecognizer())
    })
  }

  async shutdown() {
    await this.#recognizer?.close()
  }
}
