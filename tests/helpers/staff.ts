import { admin } from './admin.ts';
import { type Person, person } from './person.ts';

/** Opens a new session, for example after the rights of the account changed. */
export const signIn = (one: Person) => one.logIn({ login: one.username, password: one.password });

/** A person with a role, which only the command line grants. */
export async function staff(role: 'moderator' | 'admin'): Promise<Person> {
  const one = await person();
  await admin('grant', one.username, role);
  await signIn(one);
  return one;
}
