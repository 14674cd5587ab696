// An OpenID Connect provider on loopback: node provider.mjs PORT REDIRECT-URI POST-LOGOUT-URI
// Anybody signs in by their name alone; what they are called decides what is told of them.
import Provider from 'oidc-provider';

const [port, redirect, afterLogout] = process.argv.slice(2);
const people = {
  aoi: { name: 'Aoi Tanaka', email: 'aoi@example.com', email_verified: true, groups: ['kawaraban-admins'] },
  bo: { name: 'Bo', email: 'bo@example.com', email_verified: true, groups: ['everybody', 'kawaraban-operators'] },
  che: { name: 'Che', email: 'che@example.com', email_verified: true, groups: ['everybody'] },
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'kawaraban',
    client_secret: 'a secret: with/odd+characters',
    redirect_uris: [redirect],
    post_logout_redirect_uris: [afterLogout],
  }],
  scopes: ['openid', 'email', 'profile', 'groups'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
