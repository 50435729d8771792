"""Payloads as earlier versions wrote them, real bytes: links that were made then still open."""

# What the first format of payloads held of 40 answers (9, 7, 3, 10 again and again; February and March 2024 by turns; 20 of
# plan a, then 20 of plan b): written by the version before lines over time.
FIRST_FORMAT = (
    "TlBTVgEAAAAAAAAEdyi1L/1gdwMtCwDyDy4gUInaBiAdYqNqth8l7Bc75MgGgqkG7Z0ncOWZzEyFBgWPx2q+D7iRpG6LG/ut5nu1onFHPmkEJf"
    "FDaEn5RGH262W1fGqotCBgvVQB++3uQcQxiAhkNHgYDSLn8M45X1X1dncPh8PDw1tVzbNGCLffY49Aw92goiXF+O0PA4ZuixeD3z7AoLnmF3fC"
    "b4/8ztd05FkviA9++8RI4JpnSSksNUNJfie/lEKJ39lqhLGk55OkLO5gAIVCUaiRspE0ZdQpDQeQgpmpMg8SYNCwUNCTEjkTTDCTm7C84wG2Ti"
    "cCB6+GnPgsxrcEl9XGhsoCqWqUrns4gktLZBiCBn1Lg/EZYYM4kRIQAEh330WLVs7qxzAYd38C30dW/yP6kwN8c/uuni4ZM5QhwWaOSpP0SRVE"
    "0qg7lEcFWb4Y1goeR2vtPMKYh9Gg0GAQZSgBCrQKFyqis+HU9aOiaJJ01FRG/UC5aRU="
)
# What the second held of the same, with “support is slow” beside the first 30: written by the version before periods and columns
# were told apart.
SECOND_FORMAT = (
    "TlBTVgIAAAAAAAAnbyi1L/1gbyatLgDmMo4lII04B2MQ8zSycS2KaiGPikay2TBIAOCyqmU/f/M5F9QBgCGoAX4AhQCCANpVnOxPAl/EkR2hQ15b"
    "a2uXpewuy6vs4lX2Wbq61vlN0zTaWmuLha6urramadhlSw/P60T7sgV6ZSHzwenavmAo6Bm5eri2GyirvGGP3JNr+3M9v2ES7LIriSGu7Y+lhTfs"
    "8kEnX08Oui72CKH0uF7GfqbqnR16LnKJSAAAQFLqOB0VBCPFHnTTwQ/pJsvrHS7qyXE+CYQi3PFxKI6cSLHYUeTi62k+BymKpYOcKZmKUKIi2pnw"
    "Rc9BptMPOtFzUrppVo8jIxFKWFOTeb3DQcSWLbkn94NRHEENQYcz4euIq+ix5MSGTPigmzxF+HjOgU8/mdTUTFaTp3ysIve4BDvkWD67u6vsWmt3"
    "7VqGYZTdbTSWBsMou7vKrl27VlGUXexEY2ca17bLsjTsksTX1mg0VpeGPcLp4Dgbura1WIsFnGCkro1ZZpllVGnYG8JJydQl2uTx9R1Zwi25CeQk"
    "8uQi5ViiJuiQHUWVexjitMQOCcEtXR/hdLOpCTqun0gPOo4jRTlIExOtYW8IlkCvr5JUPfYZtTXsHRsi6Qj3uLbneRptbZ0NlhosbV9rLcZCUcZC"
    "eb67jerqLobuYmj7cmDA0AMDhj4nXSc+wCgMaME0Cygg0knRQzi7jED4XCc+6QcnRYQPRVcSO5xdKiCOCk5Fw9krBZwKKHLC2RWvIzA+iggVCmef"
    "+C0L7+4Ggb+o4bUREREREZEkKUiGA+EEijmlHDMyDxJA0IBITVIUxYxyhBjiiAQSiEiMSCAzClKoDlZwEjARRr42ywUuZ4R22jlcJ9IMlqC+7XwO"
    "G8ny9dhUXi33Hy3zRXMRXes2GU0cf3MKzDuiyEip6k0KzOqy5sV1gpBj5zhF4drq7lDMNtjiSHKnpFi0K5iAvCIjAlya1u3himuUY4M4Nq6dwx+7"
    "80x3UTkHKCvNCeBb5MyMR6F3KCCj1qocKsEcaiLwfnWEaAkIdNUBqtufdUROrPlbpl1qOU69bAFDKfjnyEX3X20pYSHlZ9m1KP3bNisFMH0RQEUU"
    "yfTY9FeLE0o99RdH1/3z3wBrfGScNZ8thXU+enqNFbkNYd/nGLj0HX4g2dI3sIFL36FfpSzAZHYEC3NZLHMJ4I9wpDwzSAG7WUc484n0pIAMmooI"
    "TFuqsEiBM5fK/2EjQKgmhQG4AE/XMVgUH94ZsGh0X0lF2+lhLDXNo4jqiOWfLxR9j8K9jam8YLTStScS5JvhmnrpU+4BmtZN8JzgtSUpmaAoq4uL"
    "HbA20DG0g5J9rYXpSEoWrUu0ukdkgciGUlqdDg1byC7scycwXBzObVzlBasVPZtVO4vxUumoMEx7YmGCrQq9Y6lGAFDiQgM/lRUBx+hGq6JFOUvt"
    "5sPNsWz0FFefsqQVaqsIx5P39irX/HXFSm/L9Jxwcr9e4KA8NQrD9FyoMscvCJow97dceSOCghUVA/K3kD20evWkdc1cHQFEDNSGjahgChjhIzAk"
    "niKLeha5yKWwfedbxaKC2NIUZ3fl7qTsePFBhoLY7bdisdRROrIgNyXwBMa76ZZXAqQdtafCdWSD4hCzKUoqIrrQRUmMw/Pp3p9/mHpLJX23VaJX"
    "ybeC0qKhDBvU4rIym7HDKpF1abo49XlYHNEXvLLW5F/DC6mgTUuTuwzXPaCKmYsuV2+TF/vGlirknvoM63r95gFZrAjUm0Do3VQh9Y8/xkG7JWgQ"
    "xwgcMztomheK9g2B7mvX0jEE6TLZzkxaUBJ/b9Vs2P1Kmcdw1vtt5b8yBGNMFqSaLMVYHVdDN/vYGkGcvkeGGcxkN6hNpBpQIZDa3u7aepeD/MOE"
    "M/78Z/AKyOj+XHWIB4io0pevd0zO0y8DvRxwgDR94GQHorxhtoMgUUyGvPSuS/g8GrXNHhWWp0MrVhmiN/sQAVh9xdvqs0imJ6sMhk8v5M3ysuwP"
    "1MCrAg=="
)
