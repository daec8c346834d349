#ifndef NABLA_ELEMENTARY_H
#define NABLA_ELEMENTARY_H

/* The elementary functions of the C library, so that no engine target imports Foundation. */
double exp(double), log(double), sqrt(double), pow(double, double);
double sin(double), cos(double), tan(double), asin(double), acos(double), atan(double);
double sinh(double), cosh(double), tanh(double), asinh(double), acosh(double), atanh(double);
double erf(double), expm1(double), log1p(double), floor(double), fabs(double);

#endif
