import { requireSignedIn } from '@emporium/subgraph';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Preferences } from '../../domain/profile/preferences.ts';
import type { Context } from '../context.ts';
import { UserType } from '../user.type.ts';
import { PreferencesInput, PreferencesType } from './preferences.type.ts';
import { readLocale } from './read-locale.ts';
import { requireAccount } from './require-account.ts';

/** The viewer's preferences. */
@Resolver(() => UserType)
export class PreferencesResolver {
  @FieldResolver(() => PreferencesType, {
    nullable: true,
    description: 'How they want to be addressed: for themself, else null.',
  })
  preferences(@Root() { id }: UserType, @Ctx() { app }: Context): Promise<Preferences> {
    return app.findPreferences(id);
  }

  @Mutation(() => PreferencesType, { description: 'Changes some or all preferences.' })
  async updatePreferences(
    @Arg('input', () => PreferencesInput, { description: 'What is to change.' }) input: PreferencesInput,
    @Ctx() { app, viewer }: Context,
  ): Promise<Preferences> {
    const { id } = requireSignedIn(viewer);
    const { locale, currency, channels } = input;
    return requireAccount(
      await app.updatePreferences(id, {
        locale: locale == null ? null : readLocale(locale, 'input.locale'),
        currency: currency ?? null,
        channels: channels ?? null,
      }),
    );
  }
}
