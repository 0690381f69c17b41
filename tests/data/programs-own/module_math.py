# topic: modules. math: exact results and the words of its errors.
import math

print(math.pi, math.e, math.tau, math.inf, math.nan)
for x in (0, 1, 2, 0.5, 10, 1e-5, 123.456):
    print(x, math.sqrt(x), math.exp(min(x, 20)), math.sin(x), math.cos(x), math.tan(x), math.atan(x))
    print(math.floor(x), math.ceil(x), math.trunc(-x), math.fabs(-x), math.degrees(x), math.radians(x))
for x in (1, 2, 8, 1000, 0.1, 2 ** 100, 10 ** 400):
    print(math.log(x), math.log2(x), math.log10(x))
print(math.log(8, 2), math.log(100, 10), math.log(2 ** 2000, 2), math.log1p(1e-10), math.expm1(1e-10))
print(math.factorial(0), math.factorial(5), math.factorial(30))
print(math.gcd(12, 18), math.gcd(-4, 6), math.gcd(0, 5), math.gcd(2 ** 70, 2 ** 35 * 3))
print(math.pow(2, 10), math.pow(2, -1), math.pow(0, 0), math.hypot(3, 4), math.hypot(1, 1), math.atan2(1, -1))
print(math.fsum([0.1] * 10), sum([0.1] * 3) == 0.3, math.fsum([1e100, 1, -1e100, 1e-10]))
print(math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1), math.isclose(1, 1.05, rel_tol=0.1), math.isfinite(1), math.isinf(math.inf), math.isnan(math.nan))
print(math.copysign(3, -0.0), math.fmod(-7, 3), math.modf(3.25), math.modf(-2.5), math.frexp(10), math.ldexp(0.625, 4))
print(math.asin(1), math.acos(0), math.sinh(1), math.cosh(1), math.tanh(0.5), math.asinh(1), math.acosh(2), math.atanh(0.5))
print(math.floor(-2.5), math.ceil(-2.5), math.floor(1e20), math.erf(0.5))

def attempt(what, function, *args):
    try:
        print(what, function(*args))
    except Exception as e:
        print(what, type(e).__name__, e)

attempt("sqrt(-1)", math.sqrt, -1)
attempt("log(0)", math.log, 0)
attempt("log(-1)", math.log, -1)
attempt("exp(1000)", math.exp, 1000)
attempt("sqrt('a')", math.sqrt, "a")
attempt("factorial(-1)", math.factorial, -1)
attempt("factorial(2.5)", math.factorial, 2.5)
attempt("floor(inf)", math.floor, math.inf)
attempt("floor(nan)", math.floor, math.nan)
attempt("pow(0,-1)", math.pow, 0, -1)
attempt("pow(10,400)", math.pow, 10, 400)
attempt("acos(2)", math.acos, 2)
attempt("fmod(1,0)", math.fmod, 1, 0)
attempt("gcd(1.5,2)", math.gcd, 1.5, 2)
attempt("sqrt(10**400)", math.sqrt, 10 ** 400)
attempt("log(5,1)", math.log, 5, 1)
attempt("sin(inf)", math.sin, math.inf)
attempt("cosh(1000)", math.cosh, 1000)
for name in ("isqrt", "comb", "perm", "prod", "lcm", "cbrt", "exp2", "dist"):
    if hasattr(math, name):
        f = getattr(math, name)
        print(name, f(9) if name in ("isqrt", "cbrt", "exp2") else f([1, 2, 3]) if name == "prod" else f((0, 0), (3, 4)) if name == "dist" else f(10, 4))
    else:
        print("no", name)
