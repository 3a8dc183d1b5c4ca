/** For a seller what is off sale is there, too: so each viewer has an answer of their own. */
export const ofEachViewer = '@cacheControl(maxAge: 60, scope: PRIVATE)';
