import { SecondFactorSchema } from '#database/schema'
import type { Queries } from '#app/core/queries'
import { openSealer } from '#app/core/sealing'

/** Something that proves somebody beside their password: a token of codes, a passkey, or their machine's certificate. */
export default class SecondFactor extends SecondFactorSchema {
  declare kind: 'totp' | 'passkey' | 'certificate'

  /** Opens what is kept of it: a token's secret (base32), a passkey's public key (base64url), a certificate's fingerprint. */
  async open(client?: Queries): Promise<string> {
    const sealer = await openSealer(this.dataKeyId, client)
    return sealer.openText(factorSealContext(this.id), this.secret)
  }
}

/** Names the place that a factor's secret is bound to. */
export const factorSealContext = (id: string) => `second_factors.secret:${id}`
