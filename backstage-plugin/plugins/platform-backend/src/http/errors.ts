// Adds the violations to the body of a 400. All other errors are written by Backstage's own handler.
import type { ErrorRequestHandler } from 'express';
import { ViolationsError } from '../requests/errors';

export const violationsHandler: ErrorRequestHandler = (error, req, res, next) => {
  if (!(error instanceof ViolationsError) || res.headersSent) {
    next(error);
    return;
  }
  const { name, message, decision } = error;
  res.status(400).json({
    error: { name, message },
    violations: decision.violations,
    request: { method: req.method, url: req.originalUrl },
    response: { statusCode: 400 },
  });
};
