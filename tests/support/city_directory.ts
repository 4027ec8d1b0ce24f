import { once } from 'node:events'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import { freePort } from '#tests/support/free_port'
import { RETURN_PATH } from '#app/people/directory/directory'
import { Visitor, serverUrl } from '#tests/support/visitor'

/** Who is signed in at the directory. */
export interface Citizen {
  sub: string
  name: string
  amr?: string[]
}

export const CLIENT = { id: 'hashiwatashi', secret: 'between the two of them alone' }

/** A real OpenID server: whoever comes is signed in as `citizen`, without being asked. */
export async function startDirectory() {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const directory = { issuer, citizen: { sub: 's-1', name: 'tanaka.misaki' } as Citizen }
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [serverUrl() + RETURN_PATH],
      },
    ],
    claims: { openid: ['sub', 'amr'], profile: ['preferred_username'] },
    cookies: { keys: ['a key of the test'] },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: async () => ({
        sub: accountId,
        preferred_username: directory.citizen.name,
      }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({
        accountId: oidc.session!.accountId!,
        clientId: oidc.client!.clientId,
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    const { sub: accountId, amr } = directory.citizen
    void provider.interactionFinished(request, response, { login: { accountId, amr } })
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(directory, {
    /** Follows where somebody was sent, until they are sent back; returns where to. */
    async walk(url: string): Promise<string> {
      const browser = new Visitor(issuer)
      let at = url
      while (at.startsWith(issuer)) {
        const { location } = await browser.get(at.slice(issuer.length))
        at = new URL(location!, issuer).href
      }
      return at.slice(serverUrl().length)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}
