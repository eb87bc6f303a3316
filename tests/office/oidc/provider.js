// A real OpenID provider for one test: oidc-provider with its own sign-in pages for development.
import Provider from 'oidc-provider'

const [port, ...redirectUris] = process.argv.slice(2)
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: 'pasokh', client_secret: 'invented-for-this-test', redirect_uris: redirectUris }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['invented-for-this-test'] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, email: `${id}@example.org`, email_verified: true }),
  }),
})
provider.listen(Number(port), '127.0.0.1', () => console.log('listening'))
