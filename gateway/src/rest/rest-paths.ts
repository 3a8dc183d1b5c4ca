export const restBase = '/api';
export const restDocument = `${restBase}/openapi.json`;
