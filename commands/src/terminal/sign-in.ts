import { type Client, connect, SignInError } from '@emporium/client';
import { CommandError } from './command-error.ts';

/** The password of the development accounts that `npm start` seeds. */
export const demoPassword = 'emporium-demo';

/** Signs in, or says how to. */
export const signInAs = async (url: string, email: string, password: string): Promise<Client> => {
  try {
    return await connect(url).signIn(email, password);
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    throw new CommandError(error.code, `${email} cannot sign in at ${url}: ${error.message}`);
  }
};
